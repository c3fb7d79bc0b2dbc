"""Practice, none of it held out: answers that something between signs as its own."""

from __future__ import annotations

from tests.faultlab.origin_http1 import answer
from tests.faultlab.rows.making import API, NETWORK, OTHERS_FINE, SERVER, get, row, site
from tests.faultlab.rows.second_answers import plain_get, plain_site

_PAGE = "<html><body>Access to this site is blocked by policy.</body></html>"
_CALL = "/api/accounts"

ROWS = (
    row(
        "filter_403",
        NETWORK,
        "a company's filter forbids the site, over plain HTTP",
        (plain_site(API, answer(403, _PAGE, "text/html", server="Zscaler/6.2")),),
        plain_get(API, _CALL, 2),
    ),
    row(
        "filter_403_inside_tls",
        NETWORK,
        "a filter whose authority our proxy was given forbids the site",
        (
            site(API, answer(403, _PAGE, "text/html", server="McAfee Web Gateway 12.2")),
            *OTHERS_FINE,
        ),
        get(API, _CALL, times=2),
    ),
    row(
        "filter_page_200",
        NETWORK,
        "a filter shows its page in place of data",
        (plain_site(API, answer(200, _PAGE, "text/html", server="BlueCoat-Security-Appliance")),),
        plain_get(API, _CALL, 2),
    ),
    row(
        "squid_denies",
        NETWORK,
        "a transparent squid denies access",
        (plain_site(API, answer(403, _PAGE, "text/html", server="squid/5.7")),),
        plain_get(API, _CALL, 2),
    ),
    row(
        "own_front_503_by_squid",
        SERVER,
        "the service's own front, a squid inside TLS, gets nothing from behind it",
        (site(API, answer(503, _PAGE, "text/html", server="squid/5.7")), *OTHERS_FINE),
        get(API, _CALL, times=2),
    ),
    row(
        "own_cdn_502",
        SERVER,
        "the service's CDN gets nothing from behind it",
        (site(API, answer(502, _PAGE, "text/html", server="cloudflare")), *OTHERS_FINE),
        get(API, _CALL, times=2),
    ),
)
