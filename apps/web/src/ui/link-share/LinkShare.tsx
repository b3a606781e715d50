import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import Mail from 'lucide-solid/icons/mail';
import QrCodeIcon from 'lucide-solid/icons/qr-code';
import Share from 'lucide-solid/icons/share-2';
import { createSignal, Show, type JSX } from 'solid-js';
import { copyText } from '../../platform/clipboard/copyText.ts';
import { Button } from '../button/Button.tsx';
import buttonStyles from '../button/button.module.css';
import { uiText } from '../ui.messages.ts';
import styles from './link-share.module.css';
import { mailTo } from './mailTo.ts';
import { QrCode } from './QrCode.tsx';

export interface LinkShareProps {
  /** What the field with the link is called. */
  label: string;
  link: string;
  letter: { to?: string | undefined; subject: string; body: string };
  codeLabel?: string;
  /** Copying is the thing to do here. */
  prominent?: boolean | undefined;
}

/** A link to hand over, by means that pass no server of ours: copied, by one's own mail program or the system's sheet, as a code to photograph. */
export function LinkShare(props: LinkShareProps): JSX.Element {
  const [copied, setCopied] = createSignal<'yes' | 'failed'>();
  const [showsCode, setShowsCode] = createSignal(false);
  const copy = async (): Promise<void> => {
    setCopied((await copyText(props.link)) ? 'yes' : 'failed');
    setTimeout(() => setCopied(undefined), 2500);
  };

  return (
    <div class={styles['share']}>
      <input class={styles['address']} readOnly value={props.link} aria-label={props.label} onFocus={(event) => event.currentTarget.select()} dir="ltr" />
      <div class={styles['ways']}>
        <Button size="small" variant={props.prominent ? 'primary' : 'secondary'} icon={copied() === 'yes' ? <Check size={15} /> : <Copy size={15} />} onClick={() => void copy()}>
          {copied() === 'yes' ? uiText('share.copied') : uiText('share.copy')}
        </Button>
        <Show when={typeof navigator.share === 'function'}>
          <Button
            size="small"
            icon={<Share size={15} />}
            // Closing the sheet without choosing rejects: nothing happened, nothing is said.
            onClick={() => void navigator.share({ title: props.letter.subject, url: props.link }).catch(() => undefined)}
          >
            {uiText('share.send')}
          </Button>
        </Show>
        <a class={`${buttonStyles['button']} ${buttonStyles['secondary']} ${buttonStyles['small']}`} href={mailTo(props.letter)}>
          <span class={buttonStyles['inside']}>
            <Mail size={15} />
            {uiText('share.mail')}
          </span>
        </a>
        <Button size="small" icon={<QrCodeIcon size={15} />} aria-expanded={showsCode()} onClick={() => setShowsCode(!showsCode())}>
          {uiText('share.code')}
        </Button>
      </div>
      <p role="status" class={styles['status']}>
        {copied() === 'failed' ? uiText('share.notCopied') : ''}
      </p>
      <Show when={showsCode()}>
        <figure class={styles['figure']}>
          <QrCode text={props.link} label={props.codeLabel ?? uiText('share.codeLabel')} />
          <figcaption>{uiText('share.codeHint')}</figcaption>
        </figure>
      </Show>
    </div>
  );
}
