"""Settings travel with the configuration."""

import pytest

from harness.checks import expect_deleted, expect_equal, expect_members, expect_saved
from scenarios.flow.archives import exported, imported
from scenarios.settings.settings import SETTINGS, Chosen

KNOWN = [noun for noun, setting in SETTINGS.items() if setting.section]


@pytest.mark.requirement("PA-SET-010")
@pytest.mark.parametrize("setting", KNOWN, indirect=True)
def test_an_export_holds_the_setting_as_it_is_read(setting: Chosen) -> None:
    """Source: configuration exports in pingidentity-server-profiles (their sections)."""
    setting.saves(setting.edited())

    archives = (exported(setting.product), expect_saved(setting.product.api.config_export()))

    for archive in archives:
        found = archive["data"].get(setting.setting.section)
        expect_equal(found, setting.stored(), f"section {setting.setting.section}")


@pytest.mark.requirement("PA-SET-011")
def test_an_import_brings_the_setting_back(setting: Chosen) -> None:
    """Source: PingAccess 7.2, configuration export and import (the whole configuration)."""
    saved = setting.saves(setting.edited())
    archive = expect_saved(setting.product.api.config_export())
    expect_deleted(setting.reset())

    state = imported(setting.product, archive)

    expect_members(state, {"status": "Complete"}, "the import")
    expect_equal(setting.stored(), saved, "the setting")
