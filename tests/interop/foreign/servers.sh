# Services of other stacks; sourced, after tools.sh. For each: `there_NAME` says whether its tools are there,
# `build_NAME` makes it in the current folder, and `serve_NAME` serves from there until it is killed, with what it
# complains of in `log`. The first line that it prints is the URL of its WSDL. `serve_mesher_NAME` serves what the page
# on coming from that stack shows; not all have one.

foreign_sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
coming_from=$foreign_sources/../coming_from
foreign_stacks=(spyne jaxws gsoap node)
ported_stacks=(spyne jaxws node)

# Python is there: the calls are made by it.
there_spyne() { :; }

build_spyne() {
    environment venv "$foreign_sources/requirements.txt"
    # It installs on Pythons that are too new for it.
    PYTHONPATH=$foreign_sources quietly venv/bin/python -B -c 'import six_for_spyne, spyne.server.wsgi'
}

serve_spyne() {
    exec venv/bin/python -B "$foreign_sources/library.py" 2>log
}

serve_mesher_spyne() {
    PYTHONPATH=$foreign_sources exec venv/bin/python -B "$coming_from/mesher.py" 2>log
}

there_jaxws() {
    have 'a service of JAX-WS' 'wsgen javac java' 'jaxws default-jdk-headless'
}

# wsgen makes classes for the messages, and tells more than anybody wants to know.
build_jaxws() {
    rm -rf classes generated && mkdir classes generated
    local path='classes:/usr/share/jaxws/lib/*'
    quietly javac -encoding UTF-8 -nowarn -cp "$path" -d classes "$foreign_sources/java/library/Library.java" \
        "$coming_from/java/mesher/Mesher.java"
    quietly wsgen -cp "$path" -d classes -s generated library.Library
    quietly wsgen -cp "$path" -d classes -s generated mesher.Mesher
}

serve_jaxws() {
    exec java -cp 'classes:/usr/share/jaxws/lib/*' library.Library 2>log
}

serve_mesher_jaxws() {
    exec java -cp 'classes:/usr/share/jaxws/lib/*' mesher.Mesher 2>log
}

there_gsoap() {
    have 'a service of gSOAP' 'soapcpp2 g++' 'gsoap libgsoap-dev g++'
}

build_gsoap() {
    quietly soapcpp2 -c++11 -S -j -x -L -I/usr/share/gsoap/import "$foreign_sources/gsoap/library.h"
    quietly g++ -std=c++11 -O0 -w -I. soapC.cpp soapLibraryServiceService.cpp "$foreign_sources/gsoap/server.cpp" -lgsoap++ -o server
}

serve_gsoap() {
    exec ./server LibraryService.wsdl 2>log
}

there_node() {
    have 'a service of node-soap' 'node npm' 'nodejs npm'
}

# With what it needs: an older node is refused here.
node_soap=soap@1.13.0

build_node() {
    [ "$(cat installed 2>/dev/null)" = "$node_soap" ] && return
    rm -rf node_modules
    quietly npm install --no-fund --no-audit --engine-strict --prefix . "$node_soap"
    echo "$node_soap" >installed
}

# A WSDL of ours, and a server that is not.
serve_node() {
    NODE_PATH=node_modules exec node "$foreign_sources/legacy.js" "$foreign_sources/../../wsdl/golden/kitchen_sink_legacy.wsdl" 2>log
}

serve_mesher_node() {
    NODE_PATH=node_modules exec node "$coming_from/mesher.js" 2>log
}
