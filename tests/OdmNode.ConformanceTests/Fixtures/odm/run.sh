#!/bin/bash
# An ODM-compatible engine whose options stand in opendm/config.py; it tells its arguments and is done.
printf 'argument <%s>\n' "$@"
