# shellcheck shell=bash
# Read with `.`: shows that a long command is alive, in few lines.

# minutes_and_seconds SECONDS -> "2 min 05 s"
minutes_and_seconds() {
    if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# with_heartbeat WHAT COMMAND…  Runs the command. Progress lines ([12/345] …) come at most every two seconds, everything
# else as it is, and after four seconds of silence one line says what is still going on. Ends as the command ended.
with_heartbeat() {
    local what=$1 status=0
    shift
    "$@" 2>&1 | {
        local began=$SECONDS shown=0 line='' rest='' got
        while true; do
            got=0
            IFS= read -r -t 4 rest || got=$?
            line+=$rest
            if ((got > 128)); then
                printf '  … %s, %s so far\n' "$what" "$(minutes_and_seconds $((SECONDS - began)))"
                continue
            fi
            if [[ $line =~ ^\[[0-9]+/[0-9]+\] && $line != *error:* && $line != *warning:* ]]; then
                if ((SECONDS - shown >= 2)); then
                    shown=$SECONDS
                    printf '  %s\n' "${line:0:110}"
                fi
            elif [[ -n $line || $got == 0 ]]; then
                printf '%s\n' "$line"
            fi
            line=''
            if ((got != 0)); then break; fi
        done
    } || status=$?
    return "$status"
}
