# A SOAP client of curl and sed. Sourced.

# call URL OPERATION TOKEN ID [MORE]: the answer's body.
call() {
    curl --silent --max-time 20 --noproxy '*' --header 'Content-Type: text/xml; charset=utf-8' \
        --header 'SOAPAction: ""' --data-binary @- "$1" <<MESSAGE
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="tns"><soap:Body>
<t:$2><t:serviceID>$4</t:serviceID><t:sessionToken>$3</t:sessionToken>${5:-}</t:$2>
</soap:Body></soap:Envelope>
MESSAGE
}

# start URL TOKEN ID SECONDS
start() {
    call "$1" startWaiter "$2" "$3" "<t:secondsToWait>$4</t:secondsToWait>"
}

# status URL TOKEN ID: COMPLETED and the result, or the fault's text, or running.
status() {
    local answer completed
    answer=$(call "$1" getServiceStatus "$2" "$3") || return
    completed=$(inside status_base64 "$answer")
    if [[ $answer == *faultstring* ]]; then
        echo "fault: $(inside faultstring "$answer")"
    elif [ "$completed" = COMPLETED ]; then
        echo "COMPLETED $(inside result "$answer")"
    elif [ -n "$completed" ]; then
        echo running
    else
        echo "neither a status nor a fault: $answer"
    fi
}

# inside ELEMENT XML: its text, whatever its prefix.
inside() {
    tr '\n' ' ' <<<"$2" | sed -n "s/.*<\([a-zA-Z0-9]*:\)\{0,1\}$1\( [^>]*\)\{0,1\}>\([^<]*\)<.*/\3/p"
}

# becomes EXPECTED SECONDS COMMAND…: waits until the command says so.
becomes() {
    local expected=$1 deadline=$((SECONDS + $2)) said
    shift 2
    while said=$("$@"); [[ $said != $expected ]]; do
        [ "$SECONDS" -lt "$deadline" ] || fail "\`$*\` says \`$said\`, and not \`$expected\`"
        sleep 0.2
    done
}
