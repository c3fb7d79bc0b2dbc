"""Sheets that other programs of a phone lay over an app while somebody logs in.

Google's One Tap, the passkey sheet of Credential Manager (Android 14), the fingerprint
prompt and the offer to save a password. Packages and ids as far as public sources have
them (Play services' credential_save_*, AOSP's BiometricPrompt and SaveUi); Credential
Manager draws by Compose and has no ids. The translations are ours.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import bottom_sheet, button, spacer, text


@dataclass(frozen=True, slots=True)
class SystemSheet:
    """`words`: title, the answer that goes on, the answer that puts it off ("" = none:
    the Back key or a tap beside it)."""

    package: str
    activity: str
    words: Mapping[str, tuple[str, str, str]]
    title_id: str | None = None
    go_on_id: str | None = None
    put_off_id: str | None = None


_GMS = "com.google.android.gms"
_ONE_TAP = {
    "en": ("Sign in to TikTok with Google", "Continue as QA One", "Cancel"),
    "fr": ("Se connecter à TikTok avec Google", "Continuer en tant que QA One", "Annuler"),
    "de": ("Mit Google bei TikTok anmelden", "Als QA One fortfahren", "Abbrechen"),
    "es": ("Inicia sesión en TikTok con Google", "Continuar como QA One", "Cancelar"),
    "pt": ("Fazer login no TikTok com o Google", "Continuar como QA One", "Cancelar"),
    "id": ("Login ke TikTok dengan Google", "Lanjutkan sebagai QA One", "Batal"),
}
_PASSKEY = {
    "en": ("Use your saved passkey for TikTok?", "Continue", ""),
    "fr": ("Utiliser votre clé d'accès enregistrée pour TikTok ?", "Continuer", ""),
    "de": ("Gespeicherten Passkey für TikTok verwenden?", "Weiter", ""),
    "es": ("¿Usar tu llave de acceso guardada para TikTok?", "Continuar", ""),
    "pt": ("Usar sua chave de acesso salva para o TikTok?", "Continuar", ""),
    "id": ("Gunakan kunci sandi tersimpan untuk TikTok?", "Lanjutkan", ""),
}
_BIOMETRIC = {
    "en": ("Verify it’s you", "", "Use PIN"),
    "fr": ("Confirmez votre identité", "", "Utiliser le code"),
    "de": ("Identität bestätigen", "", "PIN verwenden"),
    "es": ("Verifica que eres tú", "", "Usar PIN"),
    "pt": ("Confirme sua identidade", "", "Usar PIN"),
    "id": ("Verifikasi diri Anda", "", "Gunakan PIN"),
}
_SAVE = {
    "en": ("Save password?", "Save", "No thanks"),
    "fr": ("Enregistrer le mot de passe ?", "Enregistrer", "Non, merci"),
    "de": ("Passwort speichern?", "Speichern", "Nein danke"),
    "es": ("¿Guardar contraseña?", "Guardar", "No, gracias"),
    "pt": ("Salvar senha?", "Salvar", "Agora não"),
    "id": ("Simpan sandi?", "Simpan", "Lain kali"),
}

SHEETS: Mapping[str, SystemSheet] = {
    "one-tap": SystemSheet(
        _GMS,
        f"{_GMS}.auth.api.credentials.assistedsignin.ui.AssistedSignInActivity",
        _ONE_TAP,
        put_off_id=f"{_GMS}:id/cancel",
    ),
    "passkey": SystemSheet(
        "com.android.credentialmanager",
        "com.android.credentialmanager.CredentialSelectorActivity",
        _PASSKEY,
    ),
    "biometric": SystemSheet(
        "com.android.systemui",
        "com.android.systemui.biometrics.AuthContainerView",
        _BIOMETRIC,
        title_id="com.android.systemui:id/title",
        put_off_id="com.android.systemui:id/button_use_credential",
    ),
    "save-password": SystemSheet(
        "android",
        "com.android.server.autofill.ui.SaveUi",
        _SAVE,
        title_id="android:id/autofill_save_title",
        go_on_id="android:id/autofill_save_yes",
        put_off_id="android:id/autofill_save_no",
    ),
}
"""By the name of the popup that brings them."""

Click = Callable[[], Awaitable[None]]


def sheet(wanted: SystemSheet, language: str, *, on_go_on: Click, on_put_off: Click) -> Node:
    """The sheet's content."""
    title, go_on, put_off = wanted.words.get(language, wanted.words["en"])
    answers = [
        button(words, on_click=click, rid=rid, primary=primary)
        for words, click, rid, primary in (
            (go_on, on_go_on, wanted.go_on_id, True),
            (put_off, on_put_off, wanted.put_off_id, False),
        )
        if words
    ]
    return bottom_sheet(
        spacer(40, weight=0),
        text(title, rid=wanted.title_id, bold=True, align="center", height=150),
        spacer(),
        *answers,
        spacer(60, weight=0),
        height=400 + 160 * len(answers),
    )
