import { connect } from '../../connect.ts';
import { remote } from '../../remote.ts';
import type { PageApi } from './api.ts';

const link = connect('page', () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
const api = remote<PageApi>(link, { state: { initial: { life: '', connection: '', heard: [] } } });
Object.assign(globalThis, { api, state: api.state });
