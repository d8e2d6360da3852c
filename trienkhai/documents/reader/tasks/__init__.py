"""Tasks a document gives, each as a proposal with the words it was read from.

Where they are looked for, in this order: tables with a column for who leads; items followed by labels
("Đơn vị chủ trì: …"); items under a heading that names who is addressed; sentences that name or charge a body;
and, in documents whose point is duties, the numbered items of a section of duties, even with nobody named.
"""

from ..clauses import Node
from ..model import Task
from ..text import Block
from .items import Items
from .rows import read_tables


def read_tasks(tree: Node, blocks: list[Block], *, type_class: str, issuer: str | None) -> list[Task]:
    """Tasks in the order of the text. `type_class` is the class of grammar/document_types.yaml."""
    if type_class == "law":
        return []
    from_tables = read_tables(blocks)
    items = Items(issuer=issuer, directive=type_class == "directive", tabled=len(from_tables) >= 3)
    found = from_tables + items.read(tree)
    return sorted(found, key=lambda task: task.start)
