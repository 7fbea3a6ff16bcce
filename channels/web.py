"""The guarded web channel: REST, Socket.IO and the pages on Rasa's own Sanic server.

credentials.yml: `channels.web.WebKanaal:` with `max_verbindingen` and, for trials, `web` (folder of the pages).
Settings come from `protocol.instellingen` when the server starts; it refuses to start without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Awaitable, Callable, Optional

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from channels import antwoord, bewaker, nawerk, paginas, rest, toestand, werklijst, zaakstukken
from channels.aanmelden import Loket
from channels.balie import KANAAL, Balie
from channels.bezoekers import Bezoekers
from channels.fouten import Fout
from channels.identiteit import Controleur, Gesprekken, VasteSleutel
from channels.sessie import Sessies
from channels.sleutels import JwksSleutels
from channels.socket import Socket
from components import gesprekken as gespreksopslag
from components import versneld
from protocol import logboek
from protocol.geheimen import ACTIEKOP, actiesleutel
from protocol.instellingen import WORTEL, InstellingFout, Instellingen, instellingen

MAX_VERBINDINGEN = 1000


class WebBlauwdruk(Blueprint):
    """A blueprint that owns the whole site: routes at the root, errors, headers, limits."""

    def __init__(self, koppel: Callable[[Sanic], None]) -> None:
        super().__init__("opname_web")
        self.ctx.koppel = koppel

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        # Rasa mounts a channel under /webhooks/<name>; ours has addresses at the root.
        super().register(app, {**options, "url_prefix": None})
        self.ctx.koppel(app)


class WebKanaal(InputChannel):
    """Rasa's input channel for everything that comes in over the web."""

    def __init__(self, inst: Instellingen, web: Path, max_verbindingen: int = MAX_VERBINDINGEN) -> None:
        self._inst, self._web, self._max_verbindingen = inst, web, max_verbindingen
        self._app: Optional[Sanic] = None
        self._socket: Any = None

    @classmethod
    def name(cls) -> str:
        return KANAAL

    @classmethod
    def from_credentials(cls, credentials: Optional[dict[str, Any]]) -> "WebKanaal":
        opties = dict(credentials or {})
        web = WORTEL / opties.pop("web", "web")
        maximum = opties.pop("max_verbindingen", MAX_VERBINDINGEN)
        if opties or not isinstance(maximum, int):
            raise RasaException(f"credentials.yml: unknown or wrong option for {cls.__name__}: {opties or maximum}")
        versneld.pas_toe()
        gespreksopslag.pas_toe()
        try:
            return cls(instellingen(), web, maximum)
        except InstellingFout as fout:
            raise RasaException(str(fout)) from fout

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        inst = self._inst
        logboek.zet_op(inst.log)
        balie = Balie(self._agent, on_new_message, inst.contact, inst.max_berichten, inst.dubbel_ms / 1000)
        bezoekers = Bezoekers(inst.proxys, inst.max_per_adres, inst.max_vensters_per_adres)
        controleur = self._controleur()
        gesprekken = Gesprekken(inst.geheim)
        veilig = inst.productie if inst.adres is None else inst.adres.startswith("https:")
        sessies = Sessies(inst.geheim, inst.sessie_minuten, veilig)
        socket = Socket(balie, controleur, gesprekken, sessies, bezoekers, inst.adres, self._max_verbindingen)

        nawerk.sluit_aan()

        def koppel(app: Sanic) -> None:
            self._app, self._socket = app, socket
            app.request_class = antwoord.Verzoek
            app.config.REQUEST_MAX_SIZE = antwoord.MAX_WEGGOOIEN
            app.config.WEBSOCKET_MAX_SIZE = bewaker.MAX_BYTES
            app.error_handler.add(Exception, antwoord.fout_antwoord)
            app.register_listener(self._om_alles_heen, "before_server_start")
            app.register_listener(self._toon_sleutel, "after_server_start")
            app.register_listener(lambda *_: versneld.ruim_op(), "after_server_start")
            app.register_listener(_meld_adres, "after_server_start")
            app.register_listener(lambda *_: balie.rond_af(), "before_server_stop")
            socket.koppel(app)

        blauwdruk = WebBlauwdruk(koppel)
        rest.voeg_toe(blauwdruk, balie, controleur, gesprekken, bezoekers)
        zaakstukken.voeg_toe(blauwdruk, inst.geheim, self._web, controleur)
        werklijst.voeg_toe(blauwdruk, controleur, sessies)
        Loket(inst, sessies, self._web, socket.verbreek_sessie).voeg_toe(blauwdruk)
        paginas.voeg_toe(blauwdruk, self._web, self._gereed, inst.beveiliging)
        toestand.voeg_toe(blauwdruk, self._agent, inst.metrics_sleutel)
        return blauwdruk

    def _controleur(self) -> Controleur:
        """Tokens of the provider by its public keys; without one those of the development key."""
        inst = self._inst
        if inst.jwt_jwks is not None:
            return Controleur(JwksSleutels(inst.jwt_jwks), inst.jwt_aud, inst.jwt_iss, inst.claims)
        return Controleur(VasteSleutel(inst.jwt_sleutel) if inst.jwt_sleutel else None, inst.jwt_aud, inst.jwt_iss)

    def _om_alles_heen(self, app: Sanic, _: Any) -> None:
        # Rasa brings Sanic-CORS, which answers OPTIONS on every address and adds its own headers; it adds
        # its middleware when the server starts, so ours goes around it only after that.
        app.request_middleware.appendleft(self._voordeur)
        app.response_middleware.append(antwoord.zet_headers)

    def _toon_sleutel(self, *_: Any) -> None:
        # The action server lets only us in (actions/poort.py).
        eindpunt = getattr(self._agent(), "action_endpoint", None)
        if eindpunt is not None:
            eindpunt.headers = {**eindpunt.headers, ACTIEKOP: actiesleutel(self._inst.geheim)}

    def _voordeur(self, request: Request) -> Optional[HTTPResponse]:
        """Request middleware; Sanic runs it for errors too, so it answers and never raises.

        Rasa keeps GET / for a greeting of its own and a route cannot be taken back: we answer first.
        """
        if request.method == "OPTIONS":
            return antwoord.weigering(Fout("methode"))
        if request.path.startswith("/socket.io") and "sid" not in request.args and self._socket.vol():
            return antwoord.weigering(Fout("vol"))
        if request.method == "GET" and request.path == "/":
            return paginas.pagina(request, self._web / "klant.html")
        return None

    def _agent(self) -> Any:
        return getattr(self._app.ctx, "agent", None) if self._app else None

    def _gereed(self) -> bool:
        agent = self._agent()
        return agent is not None and agent.is_ready()


def _meld_adres(app: Sanic, _: Any) -> None:
    # Rasa loads the model before this; only now does the page answer.
    print(f"\n  De assistent is klaar: http://{app.state.host}:{app.state.port}/\n", flush=True)
