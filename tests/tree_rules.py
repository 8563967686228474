"""The rules about the source tree that no linter knows: each reads a tree and yields the lines that break it."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

PRODUCT = ("trackeep", "extensions", "config")
FIXED_MODULES = {
    "__init__", "models", "service", "queries", "policy", "schemas", "api", "views", "signals", "errors", "listeners",
    "jobs", "sockets", "cli", "provides",
}  # fmt: skip
DATA_FOLDERS = {"templates", "assets", "data"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "tools"}
NOUN = re.compile(r"^[a-z]+(_[a-z]+)?$")
MIGRATION = re.compile(r"^\d{4}_?\d{2}_?\d{2}_[a-z]+_[a-z0-9_]+$")

PICKLES = {"pickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "jsonpickle"}
NETWORK = {"requests", "httpx", "aiohttp", "urllib3", "pycurl", "urllib.request", "http.client", "ftplib", "socket"}
# Letters go to the SMTP server that the settings name, everything else through the guarded fetch.
NETWORK_DOORS = ("trackeep/core/fetch", "trackeep/core/mail", "extensions/")
REDIS_CLIENTS = {
    "Redis", "StrictRedis", "RedisCluster", "Sentinel", "SentinelConnectionPool", "ConnectionPool",
    "BlockingConnectionPool", "from_url",
}  # fmt: skip
KEY_PREFIX = "tk:"
IMPURE = {"flask", "werkzeug", "apiflask", "sqlalchemy", "alembic"}
INLINE_STYLE = re.compile(r"<[^<>]*\sstyle\s*=|<style\b(?![^>]*\bnonce=)", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^<>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=|href\s*=\s*[\"']?\s*javascript:", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\b(src|nonce)\s*=)", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """One Python file of the tree."""

    root: Path
    path: Path

    @cached_property
    def name(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text)))

    @property
    def domain(self) -> str | None:
        """The domain that the file belongs to; core is not one."""
        parts = self.name.split("/")
        inside = len(parts) > 2 and parts[0] == "trackeep" and parts[1] not in {"core", "migrations"}
        return parts[1] if inside else None

    @property
    def module(self) -> str:
        """Within a domain: the module, or the package that stands for it, such as `service`."""
        return self.name.split("/")[2].removesuffix(".py")

    def at(self, node: ast.AST, words: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)} {words}"


Rule = Callable[[Path], Iterable[str]]


def sources(root: Path, *folders: str) -> list[Source]:
    """The Python files below the folders, without what was generated or installed."""
    paths = (path for folder in folders for path in sorted((root / folder).rglob("*.py")))
    wanted = (path for path in paths if "__pycache__" not in path.parts and "static" not in path.parts)
    return [_source(root, path, path.stat().st_mtime_ns) for path in wanted]


@lru_cache(maxsize=1_000)
def _source(root: Path, path: Path, _changed: int) -> Source:
    """Each file is parsed once for all rules, and again when it changes."""
    return Source(root, path)


def domains(root: Path) -> list[Path]:
    """The folders of domains: every package below trackeep but core and the migrations."""
    packages = sorted(path.parent for path in (root / "trackeep").glob("*/__init__.py"))
    return [package for package in packages if package.name not in {"core", "migrations"}]


def imported(node: ast.AST) -> list[str]:
    """The dotted names that an import statement may bring in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def is_one_of(name: str, names: Iterable[str]) -> bool:
    return any(name == other or name.startswith(f"{other}.") for other in names)


def no_pickle(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT):
        for node in source.nodes:
            if any(is_one_of(name, PICKLES) for name in imported(node)):
                yield source.at(node, "imports a serializer that runs code from data")


def network_only_in_fetch(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT):
        if source.name.startswith(NETWORK_DOORS):
            continue
        for node in source.nodes:
            if any(is_one_of(name, NETWORK) for name in imported(node)):
                yield source.at(node, "reaches the network past trackeep/core/fetch")


def clients_only_in_redis_client(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT):
        if source.name.startswith("extensions/redis_client"):
            continue
        uses_redis = any(is_one_of(name, ["redis"]) for node in source.nodes for name in imported(node))
        for node in source.nodes:
            if uses_redis and isinstance(node, ast.Call) and called(node) in REDIS_CLIENTS:
                yield source.at(node, "builds a Redis client outside extensions/redis_client")
            if any(is_one_of(name, ["redis"]) for name in imported(node)) and not source.name.startswith("extensions/"):
                yield source.at(node, "imports a Redis client outside extensions")


def keys_only_in_keys(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT):
        if source.name.startswith("extensions/keys"):
            continue
        for node in source.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(KEY_PREFIX):
                yield source.at(node, "spells a Redis key outside extensions/keys.py")


def units_of_work_only_in_services(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT):
        if source.name.startswith("trackeep/core/") or (source.domain and source.module == "service"):
            continue
        for node in source.nodes:
            if isinstance(node, ast.Call) and called(node) in {"unit_of_work", "attempt"}:
                yield source.at(node, "opens a unit of work outside service.py")


def called(node: ast.Call) -> str:
    """The last part of the called name."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def imports_at_the_top(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT, "tests", "scripts"):
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                hidden = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
                yield from (source.at(inner, f"imports inside the function {node.name}") for inner in hidden)


def domains_meet_by_name(root: Path) -> Iterator[str]:
    """`from trackeep.tags import service as tags`, or its signals: whole modules, never single verbs."""
    names = {folder.name for folder in domains(root)}
    for source in sources(root, "trackeep"):
        for node in source.nodes:
            for name in imported(node):
                parts = name.split(".")
                foreign = parts[0] == "trackeep" and len(parts) > 1 and parts[1] in names - {source.domain}
                if source.domain and foreign and not is_front_door(node, parts[1]):
                    yield source.at(
                        node, f"imports {name}, not `from trackeep.{parts[1]} import service as {parts[1]}`"
                    )
                    break


def is_front_door(node: ast.AST, domain: str) -> bool:
    """The service under the domain's name, the signals, or a shape (a class) that crosses with an answer."""
    if not isinstance(node, ast.ImportFrom):
        return False
    if node.module == f"trackeep.{domain}.service":
        return all(alias.name[:1].isupper() and not alias.asname for alias in node.names)
    doors = {
        ("service", domain),
        ("signals", None),
        ("signals", f"{domain}_signals"),
        ("signals", f"{domain[:-1]}_signals"),
    }
    return node.module == f"trackeep.{domain}" and all((alias.name, alias.asname) in doors for alias in node.names)


def relationships_stay_inside(root: Path) -> Iterator[str]:
    for folder in domains(root):
        models = [source for source in sources(root, f"trackeep/{folder.name}") if source.module == "models"]
        own = {node.name for source in models for node in source.nodes if isinstance(node, ast.ClassDef)}
        for source in models:
            for node in source.nodes:
                for name in related(node):
                    if name not in own:
                        yield source.at(node, f"relates to {name}, which is not a table of {folder.name}")


def related(node: ast.AST) -> set[str]:
    """The tables that an attribute declared with relationship() names."""
    value = node.value if isinstance(node, ast.AnnAssign | ast.Assign) else None
    if not (isinstance(value, ast.Call) and called(value) == "relationship"):
        return set()
    places: list[ast.AST] = list(value.args[:1])
    if isinstance(node, ast.AnnAssign):
        places.append(node.annotation)
    found = {inner.id for place in places for inner in ast.walk(place) if isinstance(inner, ast.Name)}
    texts = [inner.value for place in places for inner in ast.walk(place) if isinstance(inner, ast.Constant)]
    found |= {word for text in texts if isinstance(text, str) for word in re.findall(r"\w+", text)}
    return {name for name in found if name[:1].isupper()} - {"Mapped", "None", "WriteOnlyMapped", "DynamicMapped"}


def small_files(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT, "tests", "scripts"):
        lines = source.text.count("\n")
        if lines > MAX_FILE_LINES:
            yield f"{source.name}:1 has {lines} lines, {MAX_FILE_LINES} are the limit: make it a package"


def small_functions(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT, "tests", "scripts"):
        # A migration is a list of statements, written once.
        if source.name.startswith("trackeep/migrations/"):
            continue
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    yield source.at(node, f"{node.name} has {lines} lines, {MAX_FUNCTION_LINES} are the limit")


def telling_names(root: Path) -> Iterator[str]:
    for source in sources(root, *PRODUCT, "tests", "scripts"):
        empty = EMPTY_NAMES & {part.removesuffix(".py").removeprefix("test_") for part in source.name.split("/")}
        if empty:
            yield f"{source.name}:1 is named {empty.pop()}, which tells nothing"


def domains_look_alike(root: Path) -> Iterator[str]:
    for folder in domains(root):
        name = folder.relative_to(root).as_posix()
        if "Domain(" not in (folder / "__init__.py").read_text(encoding="utf-8"):
            yield f"{name}/__init__.py:1 has no manifest"
        if not ((folder / "service.py").exists() or (folder / "service").is_dir()):
            yield f"{name}:1 has no service"
        for path in sorted(folder.iterdir()):
            if path.name != "__pycache__" and not is_domain_part(path):
                yield f"{path.relative_to(root).as_posix()}:1 is not a part that a domain has"


def is_domain_part(path: Path) -> bool:
    if path.is_dir():
        return path.name in DATA_FOLDERS or (bool(NOUN.match(path.name)) and (path / "__init__.py").exists())
    return path.suffix == ".py" and (path.stem in FIXED_MODULES or bool(NOUN.match(path.stem)))


def ideas_are_pure(root: Path) -> Iterator[str]:
    """A domain's extra modules know neither the web nor the database."""
    for source in sources(root, "trackeep"):
        if not source.domain or source.module in FIXED_MODULES | DATA_FOLDERS:
            continue
        for node in source.nodes:
            if any(is_one_of(name, IMPURE | {"trackeep.core.db"}) for name in imported(node)):
                yield source.at(node, "is an idea of its own and must stay free of the web and of SQL")


def templates_keep_the_policy(root: Path) -> Iterator[str]:
    for path in sorted((root / "trackeep").rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        for pattern, words in (
            (INLINE_STYLE, "has an inline style"),
            (INLINE_HANDLER, "has an inline handler"),
            (INLINE_SCRIPT, "has a script without a nonce"),
        ):
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path.relative_to(root).as_posix()}:{line} {words}"


def migrations_tell_their_intent(root: Path) -> Iterator[str]:
    for path in sorted((root / "trackeep" / "migrations" / "versions").glob("*.py")):
        if not MIGRATION.match(path.stem):
            yield f"{path.relative_to(root).as_posix()}:1 is not named by date, domain and intent"


def tests_mirror_sources(root: Path) -> Iterator[str]:
    for folder in domains(root):
        tests = root / "tests" / folder.name
        if not any(tests.rglob("test_*.py")):
            yield f"trackeep/{folder.name}:1 has no tests in tests/{folder.name}"
    for package in ("core", "extensions", "config"):
        if not any((root / "tests" / package).rglob("test_*.py")):
            yield f"{package}:1 has no tests in tests/{package}"


RULES: tuple[Rule, ...] = (
    no_pickle, network_only_in_fetch, clients_only_in_redis_client, keys_only_in_keys, units_of_work_only_in_services,
    imports_at_the_top, domains_meet_by_name, relationships_stay_inside, small_files, small_functions, telling_names,
    domains_look_alike, ideas_are_pure, templates_keep_the_policy, migrations_tell_their_intent, tests_mirror_sources,
)  # fmt: skip
