"""Which address counts, and how much of one address is too much."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.bezoekers import Bezoekers
from channels.fouten import Fout

PROXYS = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"))


def bezoekers(berichten=3, vensters=2, proxys=PROXYS, klok=lambda: 0.0):
    return Bezoekers(proxys, berichten, vensters, klok)


@pytest.mark.parametrize("socket, kop, verwacht", [
    ("192.0.2.1", None, "192.0.2.1"),
    ("192.0.2.1", "198.51.100.9", "192.0.2.1"),  # no proxy of ours: what it writes does not count
    ("10.1.2.3", "198.51.100.9", "198.51.100.9"),
    ("10.1.2.3", "203.0.113.5, 198.51.100.9", "198.51.100.9"),  # the left one was written by the visitor
    ("10.1.2.3", "203.0.113.5, 198.51.100.9, 10.9.9.9", "198.51.100.9"),
    ("10.1.2.3", "198.51.100.9:4711", "198.51.100.9"),
    ("10.1.2.3", "onzin, 10.9.9.9", "10.9.9.9"),
    ("127.0.0.1", "[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
    ("10.1.2.3", "::ffff:198.51.100.9", "198.51.100.9"),
    ("::1", "198.51.100.9", None), ("", None, None), (None, None, None),
])
def test_adres(socket, kop, verwacht):
    assert bezoekers().adres(socket, {"x-forwarded-for": kop} if kop else {}) == verwacht


def test_deze_machine_zonder_proxy_heeft_geen_grens():
    wacht = bezoekers(proxys=())
    assert wacht.adres("127.0.0.1", {"x-forwarded-for": "198.51.100.9"}) is None
    for _ in range(50):
        wacht.keur_bericht(None)
        wacht.verbind(None)


def test_te_veel_berichten_van_een_adres():
    nu = [0.0]
    wacht = bezoekers(klok=lambda: nu[0])
    for _ in range(3):
        wacht.keur_bericht("a")
    with pytest.raises(Fout) as fout:
        wacht.keur_bericht("a")
    assert fout.value.status == 429
    wacht.keur_bericht("b")
    nu[0] = 5.0
    wacht.keur_bericht("a")


def test_te_veel_vensters_van_een_adres():
    wacht = bezoekers()
    wacht.verbind("a")
    wacht.verbind("a")
    with pytest.raises(Fout):
        wacht.verbind("a")
    wacht.verbind("b")
    wacht.verbreek("a")
    wacht.verbind("a")


@given(st.text(max_size=200), st.sampled_from(["10.0.0.1", "192.0.2.1", "::1", "x"]))
def test_geen_kop_is_te_gek(kop, socket):
    bezoekers().adres(socket, {"x-forwarded-for": kop})
