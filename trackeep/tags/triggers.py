"""The triggers that note at each object whether it carries a tag, whoever adds or removes tags and how many at once.

A list of what has no tag would otherwise look each object of a library up in vain.
"""

_MARK = "UPDATE objects SET tagged = 1 WHERE id = new.object_id AND tagged = 0;"
_UNMARK = """UPDATE objects SET tagged = 0 WHERE id = old.object_id
    AND NOT EXISTS (SELECT 1 FROM object_tags WHERE object_id = old.object_id);"""

SQLITE = (
    f"CREATE TRIGGER object_tags_added AFTER INSERT ON object_tags BEGIN {_MARK} END",
    f"CREATE TRIGGER object_tags_removed AFTER DELETE ON object_tags BEGIN {_UNMARK} END",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION note_tagged_objects() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            UPDATE objects SET tagged = true FROM (SELECT DISTINCT object_id FROM changed) AS these
            WHERE objects.id = these.object_id AND NOT objects.tagged;
        ELSE
            UPDATE objects SET tagged = false FROM (SELECT DISTINCT object_id FROM changed) AS these
            WHERE objects.id = these.object_id AND objects.tagged
                AND NOT EXISTS (SELECT FROM object_tags WHERE object_tags.object_id = these.object_id);
        END IF;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER object_tags_added AFTER INSERT ON object_tags REFERENCING NEW TABLE AS changed "
    "FOR EACH STATEMENT EXECUTE FUNCTION note_tagged_objects()",
    "CREATE TRIGGER object_tags_removed AFTER DELETE ON object_tags REFERENCING OLD TABLE AS changed "
    "FOR EACH STATEMENT EXECUTE FUNCTION note_tagged_objects()",
)
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROPPING = {"postgresql": ("DROP FUNCTION IF EXISTS note_tagged_objects()",)}
