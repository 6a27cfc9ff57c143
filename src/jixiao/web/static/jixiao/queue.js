// What was typed and is not on the server yet: an ordered queue in the browser (IndexedDB), of one user, emptied as it is acknowledged.
// Where the browser has no IndexedDB (a private window), the queue lives as long as the page, and says so.

const NAME = 'jixiao-editor';
const STORE = 'operations';

function open() {
  return new Promise((resolve) => {
    let asked;
    try { asked = indexedDB.open(NAME, 1); } catch { resolve(null); return; }
    asked.onupgradeneeded = () => {
      const store = asked.result.createObjectStore(STORE, { keyPath: 'seq', autoIncrement: true });
      store.createIndex('whose', ['user', 'sheet']);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(null);
    asked.onblocked = () => resolve(null);
  });
}

const finished = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The queue of one user for one sheet. Records: { seq, user, sheet, op }; op as the server takes it. */
export class Queue {
  constructor(user, sheet) {
    this.user = user;
    this.sheet = sheet;
    this.kept = open();
    this.waiting = []; // in order; what is in the database and more
    this.written = Promise.resolve();
  }

  /** What an earlier page left behind; at once in `waiting`. */
  async load() {
    const database = await this.kept;
    if (!database) return [];
    const store = database.transaction(STORE).objectStore(STORE);
    const left = await finished(store.index('whose').getAll(IDBKeyRange.only([this.user, this.sheet])));
    left.sort((a, b) => a.seq - b.seq);
    this.waiting = [...left, ...this.waiting];
    return left;
  }

  get isLasting() { return this.kept.then(Boolean); }

  /** Put an operation at the end; newest words go into the one of the same cell that was never sent. */
  push(op) {
    const own = this.waiting.filter((one) => one.op.thing === op.thing);
    const newest = own[own.length - 1];
    if (op.kind === 'put' && newest && !newest.sent && newest.op.kind === 'put' && newest.op.cell === op.cell && newest.op.group === op.group) {
      newest.op = { ...newest.op, text: op.text };
      this.store(newest);
      return newest;
    }
    const before = own.filter((one) => one.op.kind === 'put' && one.op.cell === op.cell).pop();
    const record = { user: this.user, sheet: this.sheet, op: before ? { ...op, was: before.op.text } : op };
    this.waiting.push(record);
    this.store(record);
    return record;
  }

  store(record) {
    this.written = this.written.then(async () => {
      const database = await this.kept;
      if (!database || record.gone) return;
      const plain = { user: record.user, sheet: record.sheet, op: record.op, ...(record.sent ? { sent: true } : {}), ...(record.seq ? { seq: record.seq } : {}) };
      const seq = await finished(database.transaction(STORE, 'readwrite').objectStore(STORE).put(plain));
      record.seq = seq;
    }).catch(() => {});
    return this.written;
  }

  /** The server has it. */
  drop(record) {
    this.waiting = this.waiting.filter((one) => one !== record);
    record.gone = true;
    this.written = this.written.then(async () => {
      const database = await this.kept;
      if (database && record.seq !== undefined) await finished(database.transaction(STORE, 'readwrite').objectStore(STORE).delete(record.seq));
    }).catch(() => {});
  }
}

/** A number that no other page gives: like crypto.randomUUID, which plain http has not. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** An id for a new row. */
export function newId(prefix) {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return `${prefix}_${[...crypto.getRandomValues(new Uint8Array(10))].map((byte) => letters[byte & 31]).join('')}`;
}
