"""The decisions about the nodes of a cluster, and what they download.

D91 is the vendor's documentation of 9.1; other names as in the door's decisions.
"""

from __future__ import annotations

from typing import Literal

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.order import OrderBehaviour

_SILENT = "no document says; "


@chapter
class NodesBehaviour(OrderBehaviour):
    """What engines, replicas and agents are given."""

    shared_secret_length: int | None = decision(
        None,
        "How many characters a shared secret has; None: as many as one likes.",
        grade="assumed",
        source="6.0 wants 22 (PCB resources/create-shared-secret-422-response.txt); SPEC, which is "
        "newer, has no such limit",
    )
    node_file_folder: str = decision(
        "conf/",
        "Where in the configuration of a node its two files lie.",
        grade="observed",
        source="PCB 51-add-engine.sh (conf/pa.jwk and conf/bootstrap.properties)",
    )
    node_file_name: str = decision(
        "{name}_data.zip",
        "What the configuration of a node is called.",
        grade="assumed",
        source=_SILENT + "PCB 51-add-engine.sh names the file itself",
    )
    node_keys_most: int = decision(
        10,
        "How many public keys a node has at most; the oldest makes room.",
        grade="assumed",
        source=_SILENT + "SPEC keys is an array, and a list without end is no list",
    )
    node_key_created: Literal["ms", "iso"] = decision(
        "ms",
        "How the creation of a node's key is written.",
        grade="observed",
        source="SP export of 7.0.4 (milliseconds); SPEC PublicKey has the format date-time",
    )
    engines_heard: bool = decision(
        False,
        "Whether the engines have called, which alone gives them a status.",
        grade="assumed",
        source="D91 clustering guide: a node may never have contacted the console; none runs here",
    )
    engine_polling_ms: int = decision(
        2000,
        "The polling delay of an engine, in milliseconds.",
        grade="observed",
        source="PCB run.properties (delay 2000 ms)",
    )
    registration_type: str = decision(
        "application/jwt",
        "The media type of the token with which engines register themselves.",
        grade="assumed",
        source="SPEC getEngineRegistrationJwt declares no content; RFC 7519 section 10.3.1",
    )
    registration_expires: bool = decision(
        True,
        "Whether that token says when it expires.",
        grade="documented",
        source="SPEC EngineRegistrationToken.expirationSeconds; the claim is RFC 7519's",
    )
    agent_file_name: str = decision(
        "{name}_agent.properties",
        "What the configuration of an agent is called.",
        grade="documented",
        source="D73 pa_agent_field_descriptions",
    )
    agent_file_type: str = decision(
        "text/plain",
        "The media type of that file.",
        grade="assumed",
        source="SPEC getAgentFile declares no content; properties are text",
    )
    agent_secret_own: bool = decision(
        True,
        "Whether the shared secret has to be one of the agent's own.",
        grade="assumed",
        source=_SILENT + "another secret would not let the agent in",
    )
