"""The system services of a simulated phone, and their shell programs.

`phone.py` builds, in this order: `clock.PhoneClock()`, `conditions.Conditions()`,
`properties.PhoneProperties(spec)`, `settings.PhoneSettings()`,
`log_ring.LogBuffers(clock)`, `processes.PhoneProcesses(clock, log)`,
`packages.PhonePackages(phone, store)`, `activities.PhoneActivities(phone)`;
gives the phone `conditions` and `instrumentation`, calls
`radios.connect_radios(conditions, settings)`, preinstalls
`system_packages.system_packages(spec)` and registers `commands.COMMANDS`.
"""
