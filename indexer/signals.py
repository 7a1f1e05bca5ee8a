"""The parts of the recipe that can be left out, so that what each one brings can be measured."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Signals:
    """Which parts are on; the whole recipe unless told otherwise."""

    synonyms: bool = True
    trigrams: bool = True
    coverage: bool = True
    corrections: bool = True
    meaning: bool = True

    def without(self, part: str) -> "Signals":
        """The same with one part off.

        Raises:
            ValueError: if there is no such part.
        """
        if part not in PARTS:
            raise ValueError(f'there is no part "{part}"; there are {", ".join(PARTS)}')
        return replace(self, **{part: False})


PARTS = tuple(field.name for field in fields(Signals))
FULL = Signals()
SETTINGS = {f"no-{part}": FULL.without(part) for part in PARTS}
"""Each part off by itself, by the name that `kb shop --compare` takes."""
