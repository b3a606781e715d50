import Laptop from 'lucide-solid/icons/laptop';
import Smartphone from 'lucide-solid/icons/smartphone';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import { For, Match, Show, Switch, type JSX } from 'solid-js';
import { DevicesDocument, EndDeviceDocument, type DevicesQuery } from '../../generated/graphql.ts';
import { deviceText } from '../../platform/device/deviceText.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { formatDate } from '../../platform/i18n/format.ts';
import { queryKeys } from '../../platform/graphql/queries.ts';
import { request, throwUserErrors } from '../../platform/graphql/request.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { RelativeTime } from '../../ui/relative-time/RelativeTime.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './settings.messages.ts';
import styles from './settings.module.css';

type Device = DevicesQuery['sessions'][number];

/** The browsers one is signed in on, and a way to sign the others out. */
export function Devices(): JSX.Element {
  const queries = useQueryClient();
  const devices = useQuery(() => ({ queryKey: [queryKeys.sessions], queryFn: ({ signal }) => request(DevicesDocument, undefined, { signal }) }));
  const end = useMutation(() => ({
    mutationFn: async (device: Device) => {
      const { endSession } = await request(EndDeviceDocument, { input: { sessionId: device.id } });
      throwUserErrors(endSession.userErrors);
    },
    onSuccess: (_, device) => {
      showToast(t('deviceEnded', deviceText(device.deviceName)));
      void queries.invalidateQueries({ queryKey: [queryKeys.sessions] });
    },
    onError: (error) => void showToast(errorText(error), { tone: 'bad' }),
  }));
  return (
    <Switch>
      <Match when={devices.isError}>
        <Banner tone="bad" action={<Button size="small" onClick={() => void devices.refetch()}>{t('again')}</Button>}>
          {t('failed')} {errorText(devices.error)}
        </Banner>
      </Match>
      <Match when={devices.isPending}>
        <div class={styles['line']}>
          <Skeleton width="240px" />
        </div>
      </Match>
      <Match when={devices.data}>
        {(answer) => (
          <ul>
            <For each={answer().sessions}>
              {(device) => (
                <li class={styles['line']}>
                  <span class={styles['icon']}>
                    <Show when={/iPhone|iPad|Android/.test(device.deviceName)} fallback={<Laptop size={18} />}>
                      <Smartphone size={18} />
                    </Show>
                  </span>
                  <div class={styles['words']}>
                    <span class={styles['device']}>{deviceText(device.deviceName)}</span>
                    <span class={styles['quiet']}>
                      {t('since')} {formatDate(device.createdAt)} · {t('seen')} <RelativeTime at={device.lastSeenAt} />
                    </span>
                  </div>
                  <Show when={!device.current} fallback={<Badge tone="good">{t('here')}</Badge>}>
                    <Button
                      size="small"
                      aria-label={t('endDeviceOf', deviceText(device.deviceName))}
                      busy={end.isPending && end.variables?.id === device.id}
                      onClick={() => end.mutate(device)}
                    >
                      {t('endDevice')}
                    </Button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </Match>
    </Switch>
  );
}
