export { calm } from './calm.ts';
export { connect, type Link, type SpawnedWorker } from './connect.ts';
export { remote, type Followed, type Shape } from './remote.ts';
export { serve } from './serve.ts';
