import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

/** Fixed by RFC 8489. */
const magicCookie = 0x2112a442;
const bindingRequest = 0x0001;
const bindingResponse = 0x0101;
const patience = 500;

/** Whether a STUN server on this UDP port of 127.0.0.1 answers within half a second. */
export function answersStun(port: number): Promise<boolean> {
  const request = Buffer.alloc(20);
  request.writeUInt16BE(bindingRequest, 0);
  request.writeUInt32BE(magicCookie, 4);
  randomBytes(12).copy(request, 8);
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const settle = (answered: boolean): void => {
      clearTimeout(timer);
      socket.removeAllListeners().on('error', () => {}).close();
      resolve(answered);
    };
    const timer = setTimeout(() => settle(false), patience);
    socket.on('error', () => settle(false));
    socket.on('message', (answer) => settle(answer.length >= 20 && answer.readUInt16BE(0) === bindingResponse && answer.subarray(4, 20).equals(request.subarray(4))));
    // Connected, it hears at once that nobody listens.
    socket.connect(port, '127.0.0.1', () => socket.send(request));
  });
}
