"""Who keeps an article true, as the staff edition has it now."""

from indexer.current import CurrentEdition
from indexer.generation import GenerationGone, NotPublished
from kb.records.routing import OwnerOf, OwnersUnknown


def owners_in(edition: CurrentEdition) -> OwnerOf:
    """Looks owners up in an edition, whichever generation is current then."""

    def owner_of(article: str) -> str | None:
        try:
            with edition.reading() as searcher:
                found = searcher.generation.store.get(article)
        except (NotPublished, GenerationGone) as error:
            raise OwnersUnknown from error
        return found.owner if found is not None else None

    return owner_of
