"""The settings, each with its default and its meaning: the only list of them. Read by `protocol.instellingen`."""

from __future__ import annotations

from typing import NamedTuple


class Instelling(NamedTuple):
    """One row of `TABEL`: the variable, its default as text, what it means."""

    naam: str
    standaard: str
    betekenis: str


TABEL: tuple[Instelling, ...] = (
    Instelling(
        "OPNAME_PRODUCTIE", "0",
        "1 = production: OPNAME_GEHEIM and OPNAME_JWT_JWKS must be set; OPNAME_JWT_SLEUTEL and OPNAME_NU are refused.",
    ),
    Instelling(
        "OPNAME_GEHEIM", "var/geheim (made when missing)",
        "Secret behind conversation ids and tokens, at least 32 characters; the same on every server.",
    ),
    Instelling(
        "OPNAME_VERSLEUTELING", "var/versleuteling (made when missing)",
        "Secrets that encrypt personal data at rest, each at least 32 characters; the first encrypts, all decrypt.",
    ),
    Instelling(
        "OPNAME_JWT_SLEUTEL", "var/jwt_sleutel (made when missing)",
        "Development key (HS256, at least 32 characters) for the tokens of `make token`; never in production.",
    ),
    Instelling(
        "OPNAME_JWT_JWKS", "(none)",
        "Address of the public keys (JWKS) that sign tokens; takes the place of the development key.",
    ),
    Instelling("OPNAME_JWT_AUD", "opname-assistent", "Audience that a token must carry."),
    Instelling("OPNAME_JWT_ISS", "opname-ontwikkeling", "Issuer that a token must carry."),
    Instelling("OPNAME_ADRES", "(as the browser asks)", "Public address of the pages, as https://opname.example.nl."),
    Instelling(
        "OPNAME_OIDC_UITGEVER", "(none: development login page)",
        "Issuer of the intranet's OpenID Connect provider, for the login of the staff pages; needs OPNAME_ADRES.",
    ),
    Instelling("OPNAME_OIDC_CLIENT", "opname-assistent", "Client id at the provider."),
    Instelling("OPNAME_OIDC_CLIENTGEHEIM", "(none: public client)", "Client secret at the provider."),
    Instelling("OPNAME_OIDC_SCOPES", "openid profile", "Scopes to ask for; add the one that brings the claim of the role."),
    Instelling("OPNAME_CLAIM_NAAM", "sub", "Claim that names an employee, in tokens and at the login."),
    Instelling("OPNAME_CLAIM_ROL", "rol", "Claim that holds the role, as a text or a list."),
    Instelling("OPNAME_CLAIM_TEAM", "team", "Claim that holds the team."),
    Instelling(
        "OPNAME_ROLLEN", "leidinggevende=leidinggevende,medewerker=medewerker,klantcontact=klantcontact",
        "Which value of that claim gives which role: value=role, first match counts.",
    ),
    Instelling("OPNAME_SESSIE_MINUTEN", "60", "How long a login of the staff pages lasts."),
    Instelling(
        "OPNAME_CONTACT", "een bericht in Mijn UWV of per telefoon",
        "The way to a person, as it is spoken: '... kan via {contact}'.",
    ),
    Instelling(
        "OPNAME_DATABASE", "sqlite:///var/opname.db",
        "SQLAlchemy URL of the store with requests and cases.",
    ),
    Instelling("OPNAME_GESPREKKEN", "sqlite:///var/gesprekken.db", "SQLAlchemy URL of Rasa's tracker store."),
    Instelling(
        "OPNAME_BEWAAR_GESPREKKEN", "30",
        "Days after the last word that a conversation is kept: long enough to come back to it. To be set by UWV.",
    ),
    Instelling(
        "OPNAME_BEWAAR_VERZOEKEN", "90",
        "Days after the appointment that a request is kept, for questions and complaints. To be set by UWV.",
    ),
    Instelling(
        "OPNAME_BEWAAR_ZAKEN", "730",
        "Days after its last step that a closed case keeps the people in it, for when it comes back. To be set by UWV.",
    ),
    Instelling(
        "OPNAME_MEDEWERKERS", "(none)",
        "YAML file with the employees who answer requests (protocol/medewerkers.py); without it there is one inbox.",
    ),
    Instelling(
        "OPNAME_BEVEILIGING", "(none: no security.txt)",
        "Where to report a weakness: mailto:..., tel:... or https://..., shown at /.well-known/security.txt.",
    ),
    Instelling(
        "OPNAME_SMTP", "(none: no e-mail, the worklist alone serves)",
        "Mail server for notices to employees: smtps://name:password@host:465, smtp+starttls://host:587 or smtp://host:25.",
    ),
    Instelling("OPNAME_SMTP_AFZENDER", "(none)", "Address from which notices are sent; needed with OPNAME_SMTP."),
    Instelling(
        "OPNAME_SLUITINGSDAGEN", "(none)",
        "Extra days on which UWV is closed, as 2026-12-24,2026-12-31: they are no working days.",
    ),
    Instelling(
        "OPNAME_NU", "(the real time)",
        "A fixed moment for tests and demonstrations: 2026-11-23T10:15, Europe/Amsterdam.",
    ),
    Instelling("OPNAME_LOG", "(as the servers write)", "json = one line of JSON per event, with the number of the turn."),
    Instelling(
        "OPNAME_METRICS_SLEUTEL", "(none: only from this machine)",
        "Secret (at least 32 characters) with which /metrics may be read from elsewhere, as a Bearer token.",
    ),
    Instelling(
        "OPNAME_MAX_BERICHTEN", "20",
        "Messages that one conversation may send at once; after that this many per 5 seconds.",
    ),
    Instelling(
        "OPNAME_MAX_PER_ADRES", "200",
        "The same for all conversations of one address together; this machine itself has no limit.",
    ),
    Instelling("OPNAME_MAX_VENSTERS_PER_ADRES", "50", "Open chat windows of one address."),
    Instelling(
        "OPNAME_PROXYS", "(none: the address of the socket counts)",
        "Proxies whose X-Forwarded-For is believed, as networks: 10.0.0.0/8,192.0.2.7.",
    ),
    Instelling(
        "OPNAME_DUBBEL_MS", "1000",
        "The same message of one conversation within this many milliseconds is one message; 0: every message counts.",
    ),
)
