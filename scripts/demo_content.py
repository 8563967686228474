"""The invented library of the demonstration: nothing here exists, and all sites end in names kept for examples."""

from dataclasses import dataclass

from scripts.demo_prose import CHINESE_TITLE


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody collects about: a collection with its path, tags that recur, sites, and titles with a sentence."""

    path: tuple[str, ...]
    tags: tuple[str, ...]
    sites: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]


SOFTWARE = Topic(
    ("Work", "Software"),
    ("craft/software", "essays", "tools", "databases"),
    ("slowcode.example", "terminal-garden.example", "notes.ferrous.example"),
    (
        ("In praise of slow software", "Why a program that does less, later, can serve people better."),
        ("The shape of a good error message", "Three sentences: what happened, why, and what to do now."),
        ("What a database remembers", "A walk through pages, journals and the moment after a power cut."),
        ("Reading other people's code with a pencil", "A method for the first hour in an unknown repository."),
        ("Queues are just impatient databases", "When one table is enough, and when it is not."),
        (
            "Small tools that outlived their makers",
            "Seven programs older than thirty years that nobody had to replace.",
        ),
        ("A week without dependencies", "What was rewritten, what came back, and what stayed away."),
        ("Time zones for people who just want lunch", "Moments, days and the difference between them."),
        ("The quiet joy of a fast test suite", "From twenty minutes to forty seconds, and what it changed."),
        ("How to name things that do two things", "You do not. You cut them in half first."),
        ("Undo is a promise", "Designing changes that can be taken back, from the database up."),
        ("Paper prototypes still win", "Eleven drawings that saved a quarter of work."),
        ("A field guide to caches", "Their habits, their habitats, and how to tell a stale one."),
        ("Making a keyboard shortcut people find", "Hints, help screens, and the question mark."),
    ),
)
COOKING = Topic(
    ("Kitchen",),
    ("recipes", "recipes/bread", "recipes/soup", "season/winter"),
    ("kitchen-notes.example", "the-long-simmer.example", "rye-and-salt.example"),
    (
        ("A bread that bakes itself", "No kneading, a cold night, and a very hot pot."),
        ("Onion soup for a wet Tuesday", "Two hours for the onions; the rest is quick."),
        ("Beans, properly", "Salt the water, whatever your grandmother said."),
        ("Five things to do with a cabbage", "Raw, roasted, pickled, stuffed, and in noodles."),
        ("The forgiving omelette", "Low heat and a lid for people who are thinking of something else."),
        ("Rye, caraway and patience", "A three-day loaf with a crust that sings."),
        ("Dumplings without a mould", "Two spoons are all the equipment there is."),
        ("What to freeze, and how to label it", "A marker, tape, and the courage to write the date."),
        ("Miso in everything", "Eleven small experiments, nine of them good."),
        ("Lentils for eight, in one pot", "Scaled up from a weekday supper; nothing else to wash."),
        ("A pantry for one shelf", "Fourteen things from which twenty dinners follow."),
    ),
)
GARDEN = Topic(
    ("Garden",),
    ("garden", "season/spring", "soil", "balcony"),
    ("clay-soil.example", "balcony-almanac.example.org", "seedling.example"),
    (
        ("Tomatoes on a north balcony", "It can be done; here are the four kinds that do it."),
        ("Reading your soil with a jam jar", "Shake, wait a day, and look at the layers."),
        ("A compost heap that does not smell", "Brown, green, air, and a lid against the rain."),
        ("Bees like it untidy", "Leave the stems standing until the end of March."),
        ("When to sow what: a wall calendar", "For a mild coast, with room for your own notes."),
        ("Pruning old apple trees", "A little each winter instead of everything at once."),
        ("Slugs: what works and what is folklore", "Twelve remedies against one another, in numbers."),
        ("Water less, but deeper", "A finger, a stick, and the habit of waiting."),
        ("Saving seed from this year's beans", "Leave the last pods, and keep the envelopes dry."),
    ),
)
SEA = Topic(
    ("Reading", "Lighthouses"),
    ("lighthouses", "history/sea", "maps", "essays"),
    ("coastlight.example", "keepers-log.example.net", "old-charts.example"),
    (
        ("How lighthouses were lit", "Wood, oil, gas, and at last a bulb smaller than a thumb."),
        ("The keepers of Grey Skerry", "Letters from three winters on a rock."),
        ("A lens as tall as a house", "Why so much glass was needed to bend so little light."),
        ("Charts that lied on purpose", "Phantom islands and the people who drew them."),
        ("Reading the sea by its sound", "Bells, horns and the silence between them."),
        ("The last relief boat", "What became of the crews when the lights went automatic."),
        ("Painting a tower in a storm coast", "Forty litres, two ropes and a week of waiting."),
        ("Tide tables before computers", "A brass machine that added up the moon."),
        ("An atlas of small harbours", "Sixty drawings from the deck of a mail boat."),
        (CHINESE_TITLE, "A keeper's night, told in Chinese."),
    ),
)
DESIGN = Topic(
    ("Work", "Design"),
    ("design", "typography", "colour", "accessibility"),
    ("grid-and-gutter.example", "plain-type.example", "contrast.example.org"),
    (
        ("Sixty-eight characters", "Where the number comes from, and when to ignore it."),
        ("Dark is not inverted", "Three surfaces, softer lines, and pictures that do not glare."),
        ("Designing for a thumb", "What lies in reach at the bottom of a phone."),
        ("Tables people can read", "Right-aligned figures, quiet lines, no zebra."),
        ("An interface without confirmation boxes", "Do it, say so, and offer the way back."),
        ("Choosing one accent colour", "And the discipline of not using it."),
        ("Focus rings are beautiful", "A gallery of visible, honest outlines."),
        ("Empty states that teach", "The first screen is the only manual that is read."),
        ("Labels, not placeholders", "A short study with eleven people and one tax form."),
    ),
)
CYCLING = Topic(
    ("Trips",),
    ("cycling", "trips", "repair", "maps"),
    ("two-wheels-north.example", "the-slow-pass.example", "patchkit.example.com"),
    (
        ("Along the old railway, three days", "Tunnels, a viaduct, and cake at kilometre forty."),
        ("Packing for rain you hope for", "A list that fits into two small bags."),
        ("Fix a chain with what you carry", "A stone, a nail and ten minutes."),
        ("The pass that nobody takes", "Higher, quieter, and open from June."),
        ("Trains that take bicycles", "Hold on to the left door; a guide by country."),
        ("Sleeping under a church porch", "Who to ask, and what to leave behind."),
        ("A dynamo light for every winter", "Two years of one hub, written down."),
    ),
)
MIND = Topic(
    ("Reading",),
    ("essays", "learning", "memory", "reading"),
    ("marginalia.example", "unhurried.example.net", "a-second-look.example"),
    (
        ("How to keep a reading list short", "A list is a promise; break most of them early."),
        ("Notes you will find again", "Write for the person who has forgotten everything."),
        ("The usefulness of boredom", "What eight weeks without podcasts did to one commute."),
        ("Learning a poem by walking it", "One line a street, and back again."),
        ("Against inboxes", "A case for piles, baskets and forgetting."),
        ("Marginalia through six centuries", "Little hands, rude faces and a recipe for ink."),
        ("Re-reading as a habit", "Ten books, every second winter."),
        ("On finishing things", "The last tenth, and why it takes the other half of the time."),
        ("What children ask about maps", "Where is the person who draws it?"),
        ("A dictionary of weather words", "Forty for drizzle, none of them dry."),
    ),
)
HOUSE = Topic(
    ("House",),
    ("house", "repair", "money", "insulation"),
    ("draughty.example", "the-fuse-box.example.org", "paint-twice.example"),
    (
        ("Finding a draught with a candle", "A still evening and a patient walk along the skirting."),
        ("What a heat pump sounds like", "Recordings at one, three and ten metres."),
        ("Boards, screws and an afternoon: a shelf", "For books that are heavier than they look."),
        ("Reading an electricity bill", "Line by line, with the three that matter."),
        ("Lime paint on old walls", "Thin, thinner, and a third time."),
        ("How neighbours shared one drill", "A cupboard in the hall and a sheet of paper."),
        ("Quiet fans, measured", "Nine of them in the same room at night."),
    ),
)
PERSONAL = (SOFTWARE, SEA, MIND, COOKING, DESIGN)
OTHER = (GARDEN, CYCLING, COOKING, MIND)
SHARED = (HOUSE, CYCLING, GARDEN)
NOTES = (
    "The middle part is the one to come back to.\n\n- try it on a small thing first\n- **ask Noor** what she thinks",
    "Quoted in Thursday's talk.",
    "> Leave it better labelled than you found it.\n\nFor the handbook.",
    "Half the salt, and it is right.",
    "Compare with the piece about queues.",
)
MARGINALIA = (
    "For the talk in March.",
    "",
    "Is this true of **our** project too?\n\n- ask Noor\n- look at the figures of last year",
    "",
    "The sentence to remember.",
    "",
    "Compare with the keeper's letters.",
    "Yes!",
)
FEED_SITE, FEED_TITLE = "letters-from-the-coast.example", "Letters from the coast"
FEED_ENTRIES = (
    ("The winter paint", "Forty litres, and a forecast that nobody believed."),
    ("A visit to the lens", "It turns on the hour, and the children count along."),
    ("What the buoy said", "Eleven months of waves, in one long sentence."),
    ("Notes on driftwood", "Where it came from, as far as the beetles tell."),
)
