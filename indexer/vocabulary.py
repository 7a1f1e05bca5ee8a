"""The general vocabulary that comes with the package, so that any content folder profits."""

from functools import lru_cache
from importlib.resources import files

from kb.article import Audience
from kb.synonyms import Synonym

FILE = "vocabulary.txt"


def parse_vocabulary(text: str) -> tuple[Synonym, ...]:
    """Read lines of `said, said > meant` and `term = term`.

    Raises:
        ValueError: naming the line that is neither.
    """
    groups: list[Synonym] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        sign = "=" if " = " in line else ">"
        said, _, meant = line.partition(f" {sign} ")
        say, mean = (tuple(map(str.strip, side.split(","))) for side in (said, meant))
        if not all(say) or not all(mean):
            raise ValueError(f"{FILE}:{number}: write it as: said, said > meant")
        groups.append(Synonym(say=say, mean=mean, both_ways=sign == "=", audience=Audience.PUBLIC))
    return tuple(groups)


@lru_cache(maxsize=1)
def general_vocabulary() -> tuple[Synonym, ...]:
    """The vocabulary of the package."""
    return parse_vocabulary(files("indexer").joinpath(FILE).read_text(encoding="utf-8"))
