"""Builds of apps: APK, split APKs, XAPK and APKS files; read here, installed by adb."""
