#!/bin/bash
# usage: measure.sh <store> [env]
renice -n -15 -p $(pgrep -f "postgres" -u postgres | while read p; do if tr '\0' ' ' < /proc/$p/cmdline | grep -q "27410"; then echo $p; fi; done) >/dev/null 2>&1
cd /tmp/w/plan
nice -n -15 node $NODE_ARGS --conditions=react-server --import tsx bench/preview-time.ts "$@"
