// Installs Azurite, as package-lock.json has it, in the folder that is given; does nothing when that is done already.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const target = process.argv[2];
const lock = path.join(__dirname, 'package-lock.json');
const done = path.join(target, 'installed.json'); // the lock file that was installed, written last

if (fs.existsSync(done) && fs.readFileSync(done).equals(fs.readFileSync(lock))) {
  process.exit(0);
}
console.log('Installing Azurite for the tests, some 370 MB');
fs.mkdirSync(target, { recursive: true });
for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
  fs.copyFileSync(path.join(__dirname, name), path.join(target, name));
}
// with a shell, because npm is a script on Windows
const npm = spawnSync('npm ci', { cwd: target, stdio: 'inherit', shell: true });
if (npm.status !== 0) {
  process.exit(npm.status ?? 1);
}
fs.copyFileSync(lock, done);
