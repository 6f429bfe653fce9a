// Runs Azurite, whose program and options are the arguments.
'use strict';

const { ServerResponse } = require('node:http');
const { finished } = require('node:stream');

// It goes with whoever started it, however that ends.
process.stdin.on('end', () => process.exit()).resume();

// Azurite may refuse a request before its body is there. Java's client then sends the body together with its next request,
// which now and then gets no reply until the connection is closed, seconds later. So no reply ends before its request does.
const end = ServerResponse.prototype.end;
ServerResponse.prototype.end = function (...rest) {
  if (!this.req || this.req.complete) {
    return end.apply(this, rest);
  }
  finished(this.req, () => end.apply(this, rest));
  this.req.resume();
  return this;
};

require(process.argv[1]);
