"""What the articles of the demonstration are put together from: a bank of invented prose for each topic."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of which some can be left out, and what stands between them; ``extra`` is a table or a listing."""

    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    quotes: tuple[str, ...]
    extra: str


SOFTWARE = Prose(
    ("What we had", "The first attempt", "What changed in practice", "The part that is left", "A smaller promise"),
    (
        "For most of a year the team had measured the wrong thing. The dashboards were green, the releases went out on "
        "Tuesdays, and the people who used the program had quietly begun to keep a spreadsheet beside it.",
        "Software that takes its time leaves you yours. Nothing blinks, nothing asks, and at the end of the day you "
        "know what you have done and where it is.",
        "The temptation is to add a setting. A setting feels like generosity, but it is a decision handed to somebody "
        "who has less information than you and less time to use it.",
        "We deleted four thousand lines in the first month and nobody noticed. In the second month two people wrote to "
        "say that things felt calmer, although neither could say which things.",
        "A program is read far more often than it is changed, and it is changed far more often than it is understood. "
        "Most of what we call craft is an attempt to bring the last two numbers closer together.",
        "It helps to write the sentence that a person would say when it fails. If the sentence needs a diagram, the "
        "design is not finished; if it needs an apology, it should not be shipped.",
        "Every cache is a bet that the past resembles the future. It usually does, which is why the afternoon when it "
        "does not is so long.",
        "There is a particular silence in a room when a migration runs against real data for the first time. After it "
        "had ended we wrote down how long it took, and that number has been more useful than any estimate since.",
        "None of this was clever. The clever version is still on a branch, and every few months somebody finds it, "
        "reads it with pleasure, and closes the window again.",
        "What remains is a short list of habits. They are dull, they fit on a card, and they have survived three "
        "changes of framework and one of management.",
    ),
    (
        "Write down what was decided, and what was not.",
        "Make the slow path visible before making it fast.",
        "Delete the flag in the week in which it is no longer needed.",
        "Let the database say no.",
    ),
    (
        "The best feature we shipped that year was a button that stopped doing something.",
        "Leave it better labelled than you found it.",
    ),
    '<pre><code class="language-python">def settle(order, at):\n    if order.state != "open":\n        return False\n'
    '    order.state, order.settled_at = "done", at\n    return True</code></pre>',
)
COOKING = Prose(
    ("Before you begin", "The long part", "Serving it", "What can go wrong", "The next day"),
    (
        "Take everything out first. The recipe is not difficult, but it does not wait, and nothing is sadder than "
        "looking for the paprika while the garlic turns bitter.",
        "Patience is an ingredient here, and it cannot be replaced by heat. Keep the flame low enough that you can "
        "leave the room, and come back only to stir.",
        "My grandmother measured with a cup that had lost its handle. When it broke at last, nobody could cook her "
        "soup for two years, until an aunt thought of weighing the spoon instead.",
        "Salt early, and a little; salt late, and with your eyes open. In between, taste it as though somebody else "
        "had cooked it.",
        "The smell tells you before the clock does. When the kitchen smells of toast and no longer of flour, it has "
        "five more minutes and not one more.",
        "A heavy pot forgives what a thin one punishes. If you have only a thin one, put a second one under it, with "
        "two fingers of water, and call it a technique.",
        "It is better on the second day and best on the third. By the fourth there has never been any left, so of "
        "that nothing can be reported.",
        "People will tell you to rinse it, to soak it, to leave it in the dark. I have tried all three side by side, "
        "and the only thing that made a difference was not opening the lid.",
    ),
    (
        "500 g of flour, and some for the table",
        "A pinch more salt than seems polite",
        "Water that feels like nothing on the wrist",
        "An hour in which nobody needs you",
    ),
    ("Cook it until it looks like a mistake, and then five minutes longer.",),
    "<table><thead><tr><th>Step</th><th>Time</th><th>Heat</th></tr></thead><tbody><tr><td>Soften</td><td>20 min</td>"
    "<td>low</td></tr><tr><td>Brown</td><td>6 min</td><td>high</td></tr><tr><td>Simmer</td><td>90 min</td>"
    "<td>barely</td></tr></tbody></table>",
)
GARDEN = Prose(
    ("What the ground tells", "In spring", "A summer's work", "Mistakes worth making", "Before the frost"),
    (
        "The first year you learn what grows there, and the second what you would like to eat. It is best not to plan "
        "before the third.",
        "Dig a hole as deep as your arm and look at its wall. Where the colour changes, water stands in winter, and "
        "nothing that you plant will want to go further down.",
        "A balcony is a cliff, and the plants that like it come from cliffs. Give them grit, little food and a wind "
        "that never quite stops, and they will flower as though they had been insulted.",
        "Leave the dead stems standing. From February on small bees come out of them, one after the other, at about "
        "noon, and sit in the sun like people at a bus stop.",
        "I kept a notebook for eleven summers. The most useful page is the one that says, four years in a row, that I "
        "sowed the beans too early.",
        "Water in the morning, at the root, and then not again until a finger finds the ground dry. Half of all "
        "diseases are an evening shower, kindly meant.",
        "Compost is not a place for what you do not want. It is a kitchen that works slowly: something wet, something "
        "dry, some air, and nobody who lifts the lid too often.",
        "By September the question is no longer what to plant but what to leave. Cut less than you think, rake less "
        "than your neighbour, and keep the leaves under the hedge.",
    ),
    (
        "Sow in the week in which the blackthorn flowers.",
        "Label both ends of the row; one label will vanish.",
        "Keep a tenth of the seed for the second try.",
        "Bring the watering can in before the first frost.",
    ),
    ("A weed is a plant that read the soil better than you did.",),
    "<table><thead><tr><th>Crop</th><th>Sow</th><th>Harvest</th></tr></thead><tbody><tr><td>Broad beans</td>"
    "<td>February</td><td>June</td></tr><tr><td>Chard</td><td>April</td><td>all summer</td></tr><tr><td>Kale</td>"
    "<td>May</td><td>after frost</td></tr></tbody></table>",
)
SEA = Prose(
    ("The rock", "Oil and glass", "A keeper's evening", "When the fog came", "What is left"),
    (
        "The tower was finished in the autumn of the third year, two winters late. By then eleven men had been landed "
        "on the rock and taken off again, and none of them wished to be asked about it.",
        "At dusk the keeper climbed a hundred and forty steps with a can in each hand. He trimmed the wick, wiped the "
        "glass, wound the weights, and sat down to watch a thing whose whole purpose was not to change.",
        "A light says only one sentence, but each says it differently. Two flashes and a long dark meant the northern "
        "reef; a steady red meant that you had already come too close.",
        "The lens stood taller than a man and floated in a trough of mercury, so that a child could turn its three "
        "tonnes with one finger. Visitors were always invited to try, and always laughed.",
        "In fog the light was useless and the bell began. It rang every thirty seconds for as long as the fog lasted, "
        "which in one January was nineteen days.",
        "Letters came with the relief boat, all at once and out of order. The keepers learned to sort them by the "
        "postmark first and to open only one on each evening.",
        "The inspectors wrote down everything: the oil, the panes, the state of the paint. Of the men they noted that "
        "they were sober, and once, without comment, that they had taught a gull to knock.",
        "When the lamps became automatic the last crew left the door unlocked. Nobody had ever needed the key, and it "
        "seemed late to begin.",
        "Today the beam comes from a bulb smaller than a thumb. The great lens is in a museum inland, where it turns "
        "on the hour, and throws its slow bars of light across a wall of coats.",
    ),
    (
        "Wood and coal, until about 1780",
        "Whale oil, and then colza",
        "Paraffin vapour under pressure",
        "Electric light, first from the cellar and then from the shore",
    ),
    ("We are not lonely, he wrote. We are only far from where you are looking.",),
    "<table><thead><tr><th>Light</th><th>Character</th><th>Range</th></tr></thead><tbody><tr><td>Grey Skerry</td>"
    "<td>two white, 20 s</td><td>18 miles</td></tr><tr><td>Long Ness</td><td>red, steady</td><td>9 miles</td></tr>"
    "<tr><td>The Sisters</td><td>white, 5 s</td><td>14 miles</td></tr></tbody></table>",
)
DESIGN = Prose(
    ("Looking first", "What the test showed", "In the dark", "The details", "A rule and its exception"),
    (
        "Before the first drawing we sat behind people for a week and counted. They hesitated eleven times an hour, "
        "and nine of those had nothing to do with the screen that was to be redrawn.",
        "A page has a voice before it has words. Wide margins speak slowly; a tight grid speaks in a hurry, however "
        "gentle its sentences may be.",
        "Dark surfaces are not black ones. Three greys, each a step lighter than the one below, tell what lies on top, "
        "and leave the shadows to those who still have them.",
        "One accent colour is enough for most programs. Its value lies in the places where it is not used, and every "
        "new badge spends a little of it.",
        "The line that is right for reading is shorter than the one that fits. Somewhere near sixty-eight characters "
        "the eye finds its way back without looking for it.",
        "We asked people to fill in the form with labels and then with placeholders. With placeholders they were four "
        "seconds faster, and a third of them could not say afterwards what they had entered.",
        "Whatever can be undone need not be asked about. It is the cheapest courtesy that an interface has, and the "
        "one that is left out most often.",
        "Nobody ever thanked us for the focus ring. Then somebody whose mouse had run out of battery wrote a letter "
        "of two pages, and it hangs in the kitchen.",
    ),
    (
        "Say what happens on the button itself.",
        "Align figures to the right, and words to the left.",
        "Leave out the border, then look whether it is missed.",
        "Test it at 360 pixels and with one hand.",
    ),
    ("If you need a tooltip to explain the icon, you needed a word.",),
    '<pre><code class="language-css">.article {\n  max-inline-size: 68ch;\n  line-height: 1.6;\n'
    "  text-wrap: pretty;\n}</code></pre>",
)
CYCLING = Prose(
    ("The first day", "What to carry", "Over the top", "In the rain", "Coming home"),
    (
        "The railway was closed in a year in which nobody rode for pleasure. What is left is a line that never climbs "
        "by more than two in a hundred, and a great number of bridges that lead to nowhere else.",
        "I left at six, because at six one is still too tired to think better of it. By eight the fog had come off "
        "the valley and there was bread to be had in a village with three names.",
        "Pack, take half of it out again, and leave the repair kit where it is. What you will miss is never what you "
        "left behind, but what you put at the bottom.",
        "The pass is not high. It is merely long, and it has a way of showing you its last bend four times.",
        "When it rains you have two choices, and both are wet. The better one includes a barn, a flask and somebody "
        "else who had the same idea.",
        "A chain breaks at the link that was opened before. Carry a spare one, taped to the brake cable, and you will "
        "never need it; this is the only known way to prevent a broken chain.",
        "On the train home people look at your knees. Offer them a dried apricot and they will tell you of a tour that "
        "they once made, and of the dog.",
    ),
    (
        "Two tubes, patches, and the small pump that works",
        "A wool jumper, even in July",
        "A paper map of the next fifty kilometres",
        "Change for the church and for the cake",
    ),
    ("Nobody has ever regretted stopping at the second bakery.",),
    "<table><thead><tr><th>Day</th><th>Distance</th><th>Climb</th></tr></thead><tbody><tr><td>One</td><td>64 km</td>"
    "<td>310 m</td></tr><tr><td>Two</td><td>71 km</td><td>540 m</td></tr><tr><td>Three</td><td>38 km</td>"
    "<td>90 m</td></tr></tbody></table>",
)
MIND = Prose(
    ("A drawer full of paper", "The habit", "What it is for", "An objection", "Ten minutes"),
    (
        "A list that nobody empties is a place to put guilt. Mine had four hundred entries when I threw it away, and "
        "of those I have since missed two.",
        "Read less, but read it twice. The first time you find out what it says, and only the second time what you "
        "think of it.",
        "A note is a letter to somebody who has your handwriting and none of your memories. Write the name of the "
        "book. Write why it mattered. Write what you were about to do.",
        "Boredom is not the absence of things to do. It is the moment in which none of them calls loudest, and it is "
        "the only one in which you can hear what you had meant to do.",
        "In the margin of a psalter in the north a hand of the twelfth century complains of the cold. It is the only "
        "sentence on the page that everybody remembers.",
        "The objection is easy to make: one cannot read everything twice. That is true, and it is rather the point.",
        "What I learned by heart at nineteen I still have, and what I bookmarked at thirty is gone. There may be a "
        "better way to put this, but I did not write it down.",
        "Begin with ten minutes, on the same chair, with the telephone in another room. In the first week the ten "
        "minutes are very long; in the third they are over before the tea is cold.",
        "To finish something is to agree that it will not become better. This is why the last tenth takes as long as "
        "the others together, and why it is worth it.",
    ),
    (
        "Keep three books open, and no fourth.",
        "Copy one sentence by hand.",
        "Tell somebody about it within the day.",
        "Throw away the list at the end of each season.",
    ),
    ("You do not remember what you read. You remember what you did with it.",),
    "",
)
HOUSE = Prose(
    ("Listen first", "With a candle", "Tools and an afternoon", "What it costs", "A year later"),
    (
        "An old house speaks most clearly at three degrees above freezing, with a light wind from the west. Walk "
        "through it slowly with your palms open and you will know where the money goes.",
        "The landlord said that it was the windows, and the neighbour that it was the roof. It was the letter box.",
        "Measure twice, says the proverb; it does not say that the wall is not straight either. Cut the board a hair "
        "too long, and let the plane have the last word.",
        "Lime paint goes on like milk and you will think that you have been cheated. The next morning the wall is "
        "white, and has a depth that no bucket from the market has.",
        "Nine fans ran in the same room, one after the other, from midnight on. The quietest was neither the dearest "
        "nor the newest, but the one with the widest blades and the least ambition.",
        "Of the forty lines on the bill three matter: what you used, what a unit costs, and what you pay for being "
        "connected at all. The others are there so that these are hard to find.",
        "We bought one drill for the whole staircase and hung it in a cupboard in the hall, with a sheet of paper and "
        "a pencil on a string. In four years the pencil has been replaced twice.",
    ),
    (
        "A candle, and an evening without wind outside",
        "Felt strips, six and nine millimetres",
        "A level that you have checked against itself",
        "Somebody to hold the other end",
    ),
    ("Every house has one cold corner. It is not a fault, it is where the cheese goes.",),
    "<table><thead><tr><th>Measure</th><th>Cost</th><th>Saved a year</th></tr></thead><tbody><tr><td>Door seals</td>"
    "<td>24</td><td>60</td></tr><tr><td>Attic hatch</td><td>55</td><td>90</td></tr><tr><td>Curtains</td><td>140</td>"
    "<td>45</td></tr></tbody></table>",
)
BY_PATH = {
    ("Work", "Software"): SOFTWARE,
    ("Kitchen",): COOKING,
    ("Garden",): GARDEN,
    ("Reading", "Lighthouses"): SEA,
    ("Work", "Design"): DESIGN,
    ("Trips",): CYCLING,
    ("Reading",): MIND,
    ("House",): HOUSE,
}
CHINESE_TITLE = "守灯人的夜晚"
CHINESE = (
    "黄昏时分，守灯人提着两罐灯油，沿着石阶慢慢走上塔顶。海风从窗缝里吹进来，带着盐和海草的气味。他先擦玻璃，再剪灯芯，然后坐下来，等天完全黑下去。",
    "灯亮了以后，海面上便有了一条看不见的路。远处的船不认识他，他也不认识船上的人，可是每一个夜晚，他们都在同一束光里相遇。",
    "起雾的时候，灯光走不远，就要敲钟。三十秒一下，整夜不停。有一年正月，雾连着来了十九天，他说后来在梦里也听得见钟声。",
    "补给船每两个月来一次，信总是一起到。他把信按日子排好，一个晚上只拆一封，这样每一天都有人对他说话。",
    "如今灯塔早已无人看守，门却一直没有上锁。来看海的人推门进去，还能在墙上找到一行铅笔字：今夜风平，灯明。",
)
