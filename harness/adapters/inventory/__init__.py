"""What an app keeps on a phone, read over adb from as near as the phone allows."""
