"""A phone with passkeys, as Chromium pretends to have one, over its debugging protocol."""

from playwright.sync_api import CDPSession, Page


class Phone:
    """A device that recognises its owner at once, and keeps what it is given."""

    def __init__(self, page: Page) -> None:
        self.tools: CDPSession = page.context.new_cdp_session(page)
        self.tools.send("WebAuthn.enable")
        made = self.tools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        self.id = made["authenticatorId"]

    def does_not_know_them(self) -> None:
        """The finger is somebody else's."""
        self.tools.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False}
        )

    def passkeys(self) -> int:
        """How many it keeps."""
        kept = self.tools.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return len(kept["credentials"])
