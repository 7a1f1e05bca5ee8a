"""Settings: from the command line, the environment (`KB_…`), `kb.toml`, or a default; in turn."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from kb.handover.settings import Open311, WebHook
from kb.network import Network, read_hosts, read_networks
from kb.origin import read_origin, read_origins

FILE = "kb.toml"

Port = Annotated[int, Field(ge=1, le=65535)]

Origin = Annotated[str, AfterValidator(lambda written: read_origin(written) if written else "")]
Hosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_hosts)]
Networks = Annotated[tuple[Network, ...], NoDecode, BeforeValidator(read_networks)]
HeaderName = Annotated[str, Field(pattern="^[A-Za-z][A-Za-z0-9-]*$")]
Origins = Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_origins)]


class Semantic(StrEnum):
    """Whether questions are compared with articles by meaning too."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


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
    semantic: Semantic = Field(
        Semantic.AUTO,
        description="search by meaning too: auto (where a model is installed), on, off",
    )
    semantic_model: Path | None = Field(
        None, description="a folder with model.onnx and tokenizer.json, instead of the package's"
    )
    poll: bool = Field(False, description="look for changes by polling, for network shares")
    widget_origins: Origins = Field(
        (), description="the sites whose pages may carry the widget and read the API"
    )
    trusted_proxy: str = Field(
        "", description="the address of the web server before this one, as 127.0.0.1"
    )
    widget_demo_port: Port | None = Field(
        None, description="the port of a page that shows the widget, as on another site"
    )
    database_url: str = Field(
        "sqlite:///{var}/records/records.db", description="where staff keep records"
    )
    public_database_url: str = Field(
        "sqlite:///{var}/records/public.db", description="where the public site adds records"
    )
    keep_searches: int = Field(
        400, ge=1, le=36500, description="days that searches are kept; their numbers remain"
    )
    keep_feedback: int = Field(
        1100,
        ge=1,
        le=36500,
        description="days that feedback, flags and past notices are kept",
    )
    keep_contacts: int = Field(
        1100, ge=1, le=36500, description="days that contacts are kept; their numbers remain"
    )
    goal_first_contact: int = Field(
        80, ge=1, le=100, description="first contacts to be resolved, in a hundred"
    )
    target_avoidable: int = Field(
        20, ge=0, le=100, description="contacts that may be avoidable at most, in a hundred"
    )
    webhooks: tuple[WebHook, ...] = Field(
        (), description="who is told of contacts and flags, each a table of its own"
    )
    open311: Open311 | None = Field(
        None, description="the system that takes requests by Open311 GeoReport v2, a table"
    )
    webhook_days: int = Field(
        3, ge=1, le=30, description="days after which a message that nobody takes is given up"
    )
    keep_outbox: int = Field(
        60, ge=31, le=36500, description="days that the outbox and its log are kept"
    )
    staff_hosts: Hosts = Field(
        (), description="the host names that the staff site answers to, besides this machine's own"
    )
    staff_tls: bool = Field(False, description="staff reach the staff site by https only")
    session_idle_minutes: int = Field(
        60, ge=5, le=1440, description="after how long without a request one is signed out"
    )
    session_hours: int = Field(
        12, ge=1, le=168, description="how long after signing in one is signed out in any case"
    )
    proxy_secret: SecretStr | None = Field(
        None, min_length=32, description="what a reverse proxy that signs people in must say"
    )
    proxy_peers: Networks = Field((), description="the addresses of the reverse proxies")
    proxy_user_header: HeaderName = Field(
        "X-Remote-User", description="the header in which the reverse proxy names the person"
    )

    @field_validator("webhooks")
    @classmethod
    def _names_differ(cls, hooks: tuple[WebHook, ...]) -> tuple[WebHook, ...]:
        if len({hook.name for hook in hooks}) < len(hooks):
            raise ValueError("two have the same name; give each its own")
        if any(hook.name == "open311" for hook in hooks):
            raise ValueError("open311 is the name of another receiver; choose another")
        return hooks

    @model_validator(mode="after")
    def _proxy_is_listed(self) -> Self:
        if self.proxy_secret is not None and not self.proxy_peers:
            raise ValueError(
                "proxy_secret is for the reverse proxies that proxy_peers lists; set that too"
            )
        return self

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


_SECRET = {"proxy_secret", "webhooks", "open311"}
"""Never repeated in a message, nor any part of them."""


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
        message = item["msg"].removeprefix("Value error, ")
        if not name:
            raise SettingsProblem(f"{FILE}: {message}") from None
        where = f"KB_{name.upper()} or {name} in {FILE}"
        found = "" if str(item["loc"][0]) in _SECRET else f", not {item['input']!r}"
        raise SettingsProblem(f"{where}: {message.lower()}{found}") from None
    except ValueError as error:  # not TOML
        raise SettingsProblem(f"{FILE} cannot be read: {error}") from error
