"""Settings: from the command line, the environment (`KB_…`), `kb.toml`, or a default; in turn."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

FILE = "kb.toml"

Port = Annotated[int, Field(ge=1, le=65535)]

_ORIGIN = re.compile(
    r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?/?"
)


def _origin(written: str) -> str:
    """An origin without the slash behind it; empty for none.

    Raises:
        ValueError: if it is anything else.
    """
    if written and not _ORIGIN.fullmatch(written.lower()):
        raise ValueError('write it as "https://help.council.example", without a path')
    return written.lower().rstrip("/")


Origin = Annotated[str, AfterValidator(_origin)]


class Settings(BaseSettings):
    """What an operator may set. Every field is described in docs/operators.md."""

    model_config = SettingsConfigDict(env_prefix="KB_", toml_file=FILE, extra="forbid", frozen=True)

    content: Path = Field(Path("content"), description="the content folder")
    var: Path = Field(Path("var"), description="where editions are published")
    host: str = Field("127.0.0.1", description="the address the public site listens on")
    port: Port = Field(8000, description="the port of the public site")
    staff_port: Port = Field(8001, description="the port of the staff site")
    public_url: Origin = Field("", description="where the public finds the public site")
    threads: int = Field(8, ge=1, le=64, description="requests answered at a time, each site")
    poll: bool = Field(False, description="look for changes by polling, for network shares")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was given directly, then the environment, then the file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


class SettingsProblem(Exception):
    """A setting cannot be used; the message names it and the fix."""


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsProblem: if one is not known or not usable.
    """
    try:
        return Settings()
    except ValidationError as error:
        item = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in item["loc"])
        if item["type"] == "extra_forbidden":
            raise SettingsProblem(f'{FILE}: there is no setting "{name}"; remove it') from None
        where = f"KB_{name.upper()} or {name} in {FILE}"
        raise SettingsProblem(f"{where}: {item['msg'].lower()}, not {item['input']!r}") from None
    except ValueError as error:  # not TOML
        raise SettingsProblem(f"{FILE} cannot be read: {error}") from error
