"""Who comes from which address, how fast, and with how many open connections.

The address is that of the socket. Only when that is a proxy of OPNAME_PROXYS, X-Forwarded-For counts, read from the
right: what stands left of the last address that is no proxy of ours was written by the visitor. A visitor without
proxy from this very machine (development, health checks) is not limited: it has no address of its own.
"""

from __future__ import annotations

import ipaddress
import time
from collections import Counter
from typing import Callable, Mapping, Optional, Sequence, Union

from channels.bewaker import FloodTeller
from channels.fouten import Fout

Netwerk = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]
MEESTE_TUSSENSTATIONS = 20


class Bezoekers:
    """Counts messages and connections per address; refuses with `Fout`."""

    def __init__(
        self, proxys: Sequence[Netwerk], max_berichten: int, max_verbindingen: int,
        klok: Callable[[], float] = time.monotonic,
    ) -> None:
        self._proxys, self._max_verbindingen, self._klok = proxys, max_verbindingen, klok
        self._teller = FloodTeller(max_berichten)
        self._open: Counter[str] = Counter()

    def adres(self, socket: Optional[str], headers: Mapping[str, str]) -> Optional[str]:
        """The address that counts: an IPv4 address, the /64 of an IPv6 one, or None for who has none of their own."""
        gevonden = _ip(socket)
        if gevonden is None:
            return None
        if self._is_proxy(gevonden):
            stations = headers.get("x-forwarded-for", "").split(",")[-MEESTE_TUSSENSTATIONS:]
            for tekst in reversed(stations):
                volgende = _ip(tekst)
                if volgende is None:
                    break  # what a proxy of ours would not write; the last good one counts
                gevonden = volgende
                if not self._is_proxy(gevonden):
                    break
        elif gevonden.is_loopback:
            return None
        if isinstance(gevonden, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((gevonden, 64), strict=False))
        return str(gevonden)

    def keur_bericht(self, adres: Optional[str]) -> None:
        """Counts one message; `Fout("te_snel")` when this address sends too many."""
        if adres is not None and not self._teller.mag(adres, self._klok()):
            raise Fout("te_snel")

    def verbind(self, adres: Optional[str]) -> None:
        """Counts one connection; `Fout("te_veel_vensters")` when this address has too many open."""
        if adres is None:
            return
        if self._open[adres] >= self._max_verbindingen:
            raise Fout("te_veel_vensters")
        self._open[adres] += 1

    def verbreek(self, adres: Optional[str]) -> None:
        """A connection that was counted is closed."""
        if adres is not None:
            self._open[adres] -= 1
            if self._open[adres] <= 0:
                del self._open[adres]

    def _is_proxy(self, adres: Union[ipaddress.IPv4Address, ipaddress.IPv6Address]) -> bool:
        return any(adres in netwerk for netwerk in self._proxys)


def _ip(tekst: Optional[str]) -> Optional[Union[ipaddress.IPv4Address, ipaddress.IPv6Address]]:
    kaal = (tekst or "").strip()
    if kaal.startswith("[") and "]" in kaal:  # [2001:db8::1]:443
        kaal = kaal[1:kaal.index("]")]
    elif kaal.count(":") == 1:  # 192.0.2.1:443
        kaal = kaal.partition(":")[0]
    try:
        adres = ipaddress.ip_address(kaal)
    except ValueError:
        return None
    return getattr(adres, "ipv4_mapped", None) or adres
