#!/bin/sh
# Writes the files of one Redis process: Redis does not read the environment, and would take `${REDIS_PASSWORD}` for the
# password itself.
#
#   render.sh ROLE FOLDER      ROLE is server, replicated or sentinel; FOLDER belongs to the process alone
#
# REDIS_PASSWORD           the application's, for the user trackeep
# REDIS_SERVERS_PASSWORD   of replicas and Sentinels among themselves (replicated and sentinel only)
# REDIS_NAME               how the others reach this process (replicated and sentinel only)
# REDIS_PRIMARY            name and port of the first primary, such as `redis-1 6379` (replicated and sentinel only)
#
# Each password may be in a file instead, which REDIS_PASSWORD_FILE or REDIS_SERVERS_PASSWORD_FILE names. Which server is
# the primary changes; so at a restart the files that Redis and Sentinel have rewritten say it, not REDIS_PRIMARY.
set -eu
umask 077

SHORTEST=12

refuse() {
    echo "Redis cannot start. $1" >&2
    exit 1
}

# The value of the variable $1, or of the file that $1_FILE names.
secret() {
    eval "value=\${$1:-} file=\${$1_FILE:-}"
    [ -z "$value" ] || [ -z "$file" ] || refuse "$1 and $1_FILE are both set; keep one of them."
    if [ -n "$file" ]; then
        value=$(cat "$file") || refuse "$1_FILE names a file that cannot be read: $file."
    fi
    [ -n "$value" ] || refuse "$1 is empty; \`openssl rand -hex 24\` makes a good one."
    case $value in
    *[!A-Za-z0-9._~+/=-]*) refuse "$1 may have letters, digits and ._~+/=- only; it has others." ;;
    esac
    [ "${#value}" -ge "$SHORTEST" ] || refuse "$1 is too short: at least $SHORTEST characters."
}

# As an ACL file takes the password $1: its hash, where that can be made here.
hidden() {
    if command -v sha256sum >/dev/null; then
        printf '#%s' "$(printf %s "$1" | sha256sum | cut -d ' ' -f 1)"
    else
        printf '>%s' "$1"
    fi
}

# Comments are left out: Redis knows none in its ACL files, and would carry them along in the others.
filled() {
    sed -e '/^#/d' -e '/^$/d' -e "s|@DIR@|$folder|g" -e "s|@NAME@|${REDIS_NAME:-}|g" \
        -e "s|@PRIMARY@|${REDIS_PRIMARY:-}|g" -e "$1" "$2"
}

# Put standard input in place of the file $1 at once, so that a start that is cut short leaves the former one.
replace() {
    cat >"$1.new"
    chmod 600 "$1.new"
    mv "$1.new" "$1"
}

users() {
    filled "s|@APP_PASSWORD@|$app|g; s|@SERVERS_PASSWORD@|$servers|g; /@NOBODY@/d" "$1" | replace "$2"
}

render_server() {
    filled '' "$templates/redis.conf" | replace "$folder/redis.conf"
    users "$templates/users.acl.template" "$folder/users.acl"
}

render_replicated() {
    if [ -f "$folder/redis.conf" ]; then
        follows=$(sed -n 's/^replicaof //p' "$folder/redis.conf")
    elif [ "${REDIS_PRIMARY% *}" = "$REDIS_NAME" ]; then
        follows=
    else
        follows=$REDIS_PRIMARY
    fi
    {
        filled '' "$templates/redis.conf"
        filled "s|@SERVERS_PASSWORD@|$servers_password|g" "$templates/replicated.conf"
        [ -z "$follows" ] || echo "replicaof $follows"
    } | replace "$folder/redis.conf"
    users "$templates/users.acl.template" "$folder/users.acl"
}

render_sentinel() {
    learned='^sentinel (myid|current-epoch|config-epoch|leader-epoch|known-replica|known-sentinel) '
    kept=$(grep -E "$learned" "$folder/sentinel.conf" 2>/dev/null) || kept=
    monitor=$(grep '^sentinel monitor ' "$folder/sentinel.conf" 2>/dev/null) || monitor='&'
    {
        filled "s|@SERVERS_PASSWORD@|$servers_password|g; s|^sentinel monitor .*|$monitor|" "$templates/sentinel.conf"
        printf '%s\n' "$kept"
    } | replace "$folder/sentinel.conf"
    users "$templates/sentinel.acl.template" "$folder/sentinel.acl"
}

[ "$#" -eq 2 ] || refuse "Usage: render.sh server|replicated|sentinel FOLDER"
role=$1 folder=$2
templates=$(dirname "$0")
secret REDIS_PASSWORD
app=$(hidden "$value") app_password=$value
servers=@NOBODY@
case $role in
server) ;;
replicated | sentinel)
    [ -n "${REDIS_NAME:-}" ] || refuse "REDIS_NAME is empty; it is how the others reach this process."
    [ -n "${REDIS_PRIMARY:-}" ] || refuse "REDIS_PRIMARY is empty; it is a name and a port such as \`redis-1 6379\`."
    secret REDIS_SERVERS_PASSWORD
    [ "$value" != "$app_password" ] || refuse "REDIS_SERVERS_PASSWORD must differ from REDIS_PASSWORD."
    servers=$(hidden "$value") servers_password=$value
    ;;
*) refuse "The role must be server, replicated or sentinel, not '$role'." ;;
esac
"render_$role"
