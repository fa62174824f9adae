"""The privacy page people agree to.

Raise VERSION whenever a datum, a purpose or a time of keeping changes on
templates/account/privacy.html: everybody is then asked, and recorded, anew at sign-in.
"""

VERSION = "2026-11-28"
