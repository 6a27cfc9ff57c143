// The queue on its way to the server: one request at a time carries all that waits, in order; every operation is answered for itself.

const MOST = 200;
const LONGEST_WAIT = 30000;

const cookie = (name) => (document.cookie.split('; ').find((one) => one.startsWith(`${name}=`)) || '').slice(name.length + 1);

export async function post(address, data) {
  const answer = await fetch(address, {
    method: 'POST', credentials: 'same-origin', keepalive: false, redirect: 'error',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': cookie('csrftoken') },
    body: JSON.stringify(data),
  });
  const type = answer.headers.get('Content-Type') || '';
  const said = type.includes('json') ? await answer.json() : {};
  if (!answer.ok) throw Object.assign(new Error(said.detail || ''), { status: answer.status, number: answer.headers.get('X-Request-Id') });
  return said;
}

/** Sends what waits. `told` hears: sending(records), answered(record, answer), done(said), trouble(kind, error). */
export class Sender {
  constructor(queue, address, client, told) {
    Object.assign(this, { line: queue, address, client, told, seen: 0, flying: null, failures: 0, clock: null,  });
    window.addEventListener('online', () => this.now());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.now(); });
    window.addEventListener('focus', () => this.now());
  }

  later(wait = 400) {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.now(), wait);
  }

  async now() {
    clearTimeout(this.clock);
    if (this.flying || !this.line.waiting.length) return;
    this.flying = this.line.waiting.slice(0, MOST);
    this.told.sending(this.flying);
    this.flying.forEach((record) => { record.sent = true; }); // from now on its words stay: it may have arrived though nobody said so
    const operations = this.flying.map((record) => record.op);
    this.flying.forEach((record) => this.line.store(record));
    try {
      await this.line.written; // on this computer first
      const said = await post(this.address, { client: this.client, seen: this.seen, operations });
      const records = this.flying;
      this.flying = null;
      this.failures = 0;
      records.forEach((record, n) => {
        this.line.drop(record);
        this.told.answered(record, said.answers[n]);
      });
      this.seen = said.revision;
      this.told.done(said);
      if (this.line.waiting.length) this.later(0);
    } catch (error) {
      const records = this.flying;
      this.flying = null;
      this.failures += 1;
      this.told.trouble(error, records || []);
      this.later(Math.min(1000 * 2 ** (this.failures - 1), LONGEST_WAIT));
    }
  }
}
