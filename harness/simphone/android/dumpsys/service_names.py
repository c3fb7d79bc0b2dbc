"""The system services by name, as each Android version registers them.

Source: AOSP, what SystemServer and the native daemons add to servicemanager; compared
with public `service list` outputs of phones with Android 10, 13 and 16. Hardware
services (`android.hardware.*`), which differ from phone to phone, are left out.
"""

from __future__ import annotations

from functools import cache

OLDEST = 26
_SINCE = {
    OLDEST: """
    DockObserver SurfaceFlinger accessibility account activity alarm
    android.service.gatekeeper.IGateKeeperService appops appwidget audio autofill backup battery
    batteryproperties batterystats bluetooth_manager carrier_config clipboard companiondevice
    connectivity connmetrics consumer_ir content contexthub country_detector cpuinfo dbinfo
    device_identifiers device_policy deviceidle devicestoragemonitor diskstats display dreams
    drm.drmManager dropbox emergency_affordance fingerprint gfxinfo gpu graphicsstats
    hardware_properties imms incident input input_method inputflinger installd iphonesubinfo ipsec
    isms isub jobscheduler launcherapps location lock_settings media.audio_flinger
    media.audio_policy media.camera media.camera.proxy media.extractor media.metrics media.player
    media.resource_manager media_projection media_resource_monitor media_router media_session
    meminfo midi mount netd netd_listener netpolicy netstats network_management network_score
    network_time_update_service nfc notification oem_lock otadexopt overlay package permission
    persistent_data_block phone pinner power print processinfo procstats recovery restrictions
    scheduling_policy search sec_key_att_app_id_provider sensorservice serial servicediscovery
    settings shortcut simphonebook soundtrigger statusbar storaged storagestats telecom
    telephony.registry textservices trust uimode updatelock usagestats usb user voiceinteraction
    vold wallpaper webviewupdate wifi wifip2p wifiscanner window""",
    28: """
    binder_calls_stats crossprofileapps incidentcompanion network_watchlist package_native
    secure_element slice stats statscompanion system_update textclassification thermalservice""",
    29: """
    activity_task adb app_binding app_prediction biometric bugreport color_display content_capture
    content_suggestions device_config dnsresolver dynamic_system external_vibrator_service
    looper_stats network_stack role rollback runtime sensor_privacy storaged_pri suspend_control
    testharness time_detector uri_grants""",
    30: """
    android.security.identity app_integrity auth blob_store cacheinfo dataloader_manager
    file_integrity incremental ions lights manager permissionmgr platform_compat
    platform_compat_native soundtrigger_middleware statsmanager telephony_ims tethering
    time_zone_detector wifinl80211""",
    31: """
    android.security.apc android.security.authorization android.security.compat
    android.security.legacykeystore android.security.maintenance android.security.metrics
    android.system.keystore2.IKeystoreService/default app_hibernation app_search device_state
    domain_verification font game legacy_permission location_time_zone_manager
    media.resource_observer media_communication media_metrics memtrack.proxy music_recognition
    pac_proxy people performance_hint permission_checker powerstats reboot_readiness search_ui
    smartspace speech_recognition suspend_control_internal system_config system_server_dumper
    texttospeech tracing.proxy translation vcn_management vibrator_manager vpn_management""",
    33: """
    SurfaceFlingerAIDL ambient_context attestation_verification connectivity_native locale logcat
    mdns nearby resources safety_center sdk_sandbox statsbootstrap tare transparency virtualdevice
    wallpaper_effects_generation""",
    34: """
    adservices_manager artd background_install_control credential device_lock
    grammatical_inflection healthconnect remote_provisioning wearable_sensing""",
    35: """
    contextual_search ecm_enhanced_confirmation feature_flags on_device_intelligence
    profiling_service security_state sensitive_content_protection_service thread_network
    virtualdevice_native""",
    36: """
    advanced_protection app_function authentication_policy dynamic_instrumentation
    intrusion_detection media_quality protolog_configuration ranging supervision
    telephony_phone_number tradeinmode""",
}
_UNTIL = {
    27: "commontime_management rttmanager samplingprofiler",
    29: "ircs media.sound_trigger_hw wificond",
    30: "android.security.keystore media.drm vibrator",
    33: "android.security.remoteprovisioning",
}
"""Services that are gone since: the last API level that has them."""
_BETWEEN = {"ircs": 29, "android.security.remoteprovisioning": 31}
"""Those of the last table that were not there from the beginning."""
TARE_UNTIL = 35


@cache
def service_names(api: int) -> frozenset[str]:
    """What `service list` of a phone with this API level has."""
    names = {name for since, text in _SINCE.items() if api >= since for name in text.split()}
    for until, text in _UNTIL.items():
        names |= {n for n in text.split() if _BETWEEN.get(n, OLDEST) <= api <= until}
    return frozenset(names - {"tare"} if api > TARE_UNTIL else names)
