"""What things of all domains are made with: whose they are, in which space, and numbers that make names unlike."""

import itertools

from tests.authorization.world import World

numbers = itertools.count(1)


class Belongings:
    """Of alice, in the given one of her spaces."""

    def __init__(self, world: World, space_id: int) -> None:
        self.world, self.space_id = world, space_id
        self.number = next(numbers)
        self.actor = world.signed_in(world.alice)
