import { connectClient } from './session/connectClient.ts';
import { start } from './start.tsx';

start(connectClient());
