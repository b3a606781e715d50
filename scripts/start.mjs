import { bootstrap } from './bootstrap/bootstrap.mjs';

bootstrap('start/main.ts');
