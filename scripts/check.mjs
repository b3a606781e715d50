import { bootstrap } from './bootstrap/bootstrap.mjs';

bootstrap('check/main.ts');
