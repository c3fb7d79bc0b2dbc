# The harness with everything set up inside; no SDK, no Java. Simulated phones run in it as
# they are; phones at other machines and emulators are reached by `adb:` and `appium_url:`.
#
#   docker build -t harness . && docker run --rm -v "$PWD/reports:/harness/reports" harness demo
FROM python:3.13-slim-bookworm

# Versions are the base image's: Debian keeps one of each.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates git make tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 harness

WORKDIR /harness
RUN chown harness:harness /harness
USER 1000

# First what the set-up reads, so that it is made again only when that changed.
COPY --chown=harness:harness Makefile README.md pyproject.toml requirements.lock ./
COPY --chown=harness:harness tools ./tools
COPY --chown=harness:harness harness ./harness
RUN python3 tools/setup.py

COPY --chown=harness:harness . .

# tini hands signals on and waits for what our programs leave behind.
ENTRYPOINT ["tini", "--", ".venv/bin/harness"]
CMD ["doctor"]
