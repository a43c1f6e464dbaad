"""The machine's settings: they come back, and a bad file costs nothing but comfort."""

from __future__ import annotations

import json
import sys

import pytest

from rehabdesk import paths
from rehabdesk.settings import MachineSettings, Settings


@pytest.fixture
def file(home):
    return paths.settings_file()


def test_first_start_is_swedish(file):
    assert Settings(file).current == MachineSettings(language="sv", theme="system")
    assert not file.exists()


def test_changes_come_back(file):
    settings = Settings(file)
    settings.change(language="en", theme="dark", last_vault="/tmp/Åre.rehabdesk", printer="Skrivare 2")
    settings.remember_geometry("main", "AdnQywAD")
    settings.remember_geometry("big_screen", "AdnQ")
    again = Settings(file).current
    assert again == settings.current
    assert (again.language, again.theme, again.printer) == ("en", "dark", "Skrivare 2")
    assert dict(again.geometry) == {"main": "AdnQywAD", "big_screen": "AdnQ"}
    assert [one.name for one in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', "\x00", '{"language": 3, "geometry": [], "printer": {}}'])
def test_a_damaged_file_gives_the_defaults(file, content):
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    settings = Settings(file)
    assert settings.current == MachineSettings()
    settings.change(theme="light")
    assert Settings(file).current.theme == "light"


def test_what_a_newer_version_wrote_stays(file):
    file.parent.mkdir(parents=True)
    file.write_text('{"font_size": 14, "theme": "dark"}', encoding="utf-8")
    Settings(file).change(language="en")
    stored = json.loads(file.read_text(encoding="utf-8"))
    assert (stored["font_size"], stored["theme"], stored["language"]) == (14, "dark", "en")


def test_a_wrong_value_is_our_mistake(file):
    settings = Settings(file)
    with pytest.raises(ValueError, match="language"):
        settings.change(language="de")
    with pytest.raises(TypeError):
        settings.change(colour="red")
    assert settings.current == MachineSettings()


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    settings = Settings(in_the_way / "settings.json")
    assert settings.change(theme="dark").theme == "dark"


def test_places_of_this_user(home, monkeypatch):
    assert paths.settings_file().is_relative_to(home)
    assert paths.log_folder().is_relative_to(home)
    assert paths.data_folder().is_relative_to(home)
    monkeypatch.delenv("REHABDESK_HOME")
    assert "rehabdesk" in paths.settings_file().parts
    assert paths.settings_file().is_absolute()
    if sys.platform == "linux":
        assert paths.log_folder() != paths.data_folder()


def test_resources_are_found_in_a_checkout():
    assert (paths.resources() / "translations" / "sv.mo").is_file()
