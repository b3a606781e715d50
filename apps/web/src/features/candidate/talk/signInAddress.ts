import { copyText } from '../../../platform/clipboard/copyText.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { later as t } from '../later.messages.ts';

/** Where one signs in with a password later on. */
export const signInAddress = () => `${location.origin}/sign-in`;

/** Copies that address and says so. */
export async function copySignInAddress(): Promise<void> {
  if (await copyText(signInAddress())) showToast(t('password.copied'));
}
