import { change, type Damages } from './damage.ts';
import { damagesOfElf } from './damages-elf.ts';
import { damagesOfMachO } from './damages-mach-o.ts';
import { damagesOfPe } from './damages-pe.ts';

const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:';

const always: Damages = {
  'its fuse not set': {
    damage: change((file) => file.write('0', file.indexOf(FUSE) + FUSE.length)),
    problem: /fuse to be set/,
  },
  'two fuses': {
    damage: change((file) => file.write(FUSE, file.indexOf(FUSE) - 4096)),
    problem: /fuse to be there once/,
  },
  'no fuse': {
    damage: change((file) => file.fill(0, file.indexOf(FUSE), file.indexOf(FUSE) + 1)),
    problem: /fuse to be there once/,
  },
  'another program in it': {
    damage: change((file) => file.writeUInt32LE(0, file.lastIndexOf(Buffer.of(0x20, 0xda, 0x43, 0x01)))),
    problem: /program is none of Node\.js/,
  },
  'its second half missing': {
    damage: (file) => file.subarray(0, file.length / 2),
    problem: /ends beyond|within its headers/,
  },
  'its headers cut': {
    damage: (file) => file.subarray(0, 0x60),
    problem: /Expected a PE file|within its headers/,
  },
  'nothing in it': { damage: () => Buffer.of(), problem: /^The file ends within its headers/ },
  'text in its place': {
    damage: () => Buffer.alloc(4096, 'text'),
    problem: /Expected a .* file|within its headers/,
  },
};

export const damages: Readonly<Record<'elf' | 'mach-o' | 'pe', Damages>> = {
  elf: { ...always, ...damagesOfElf },
  'mach-o': { ...always, ...damagesOfMachO },
  pe: { ...always, ...damagesOfPe },
};
