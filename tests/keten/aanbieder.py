"""Starts Canaille, an OpenID Connect provider, with employees noor-1.., managers lena-1.. and guests gast-1.., in the environment .venv-oidc.

`python aanbieder.py PORT DATABASE_FILE REDIRECT_URI POST_LOGOUT_URI`: it begins with an empty file, and with new keys.
(Its store in memory is not used: that one finds a login by any of several conditions, not by all of them.)
"""
import datetime
import sys
from pathlib import Path

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from werkzeug.serving import run_simple

AANTAL = 20  # it gives one person one access token a second, so each test is another person
poort, bestand, terug, afgemeld = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
bestand.unlink(missing_ok=True)
app = create_app({
    "SECRET_KEY": "geheim-van-de-aanbieder-" * 2, "SERVER_NAME": f"127.0.0.1:{poort}", "PREFERRED_URL_SCHEME": "http",
    "CANAILLE_SQL": {"DATABASE_URI": f"sqlite:///{bestand}",
                     "PASSWORD_HASH_PARAMS": {"pbkdf2_sha512__rounds": 1000}},
    "CANAILLE": {"DATABASE": "sql", "JAVASCRIPT": False, "HTMX": False,
                 "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc", "edit_self"]}}},
    "CANAILLE_OIDC": {"USERINFO_MAPPING": {"WEBSITE": "{{ user.department }}"}},
})
with app.app_context(), Backend.instance.session():
    for voornaam, groep in (("noor", "ISM-medewerkers"), ("lena", "ISM-teamleiders"), ("gast", None)):
        leden = [models.User(user_name=naam, password=f"wachtwoord-van-{naam}", family_name=naam, formatted_name=naam,
                             emails=[f"{naam}@voorbeeld.nl"], department="utrecht")
                 for naam in (f"{voornaam}-{nummer}" for nummer in range(1, AANTAL + 1))]
        for lid in leden:
            Backend.instance.save(lid)
        if groep:
            Backend.instance.save(models.Group(display_name=groep, members=leden))
    client = models.Client(
        client_id="opname", client_name="Opname", client_secret="geheim-van-de-client", client_uri="http://127.0.0.1/",
        redirect_uris=[terug], post_logout_redirect_uris=[afgemeld], grant_types=["authorization_code"],
        response_types=["code"], scope=["openid", "profile", "groups"], token_endpoint_auth_method="client_secret_basic",
        client_id_issued_at=datetime.datetime.now(datetime.timezone.utc))
    Backend.instance.save(client)
    client.audience = [client]
    Backend.instance.save(client)
run_simple("127.0.0.1", poort, app, threaded=True)
