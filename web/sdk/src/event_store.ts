// Events that wait to be sent: records of a few lines each, oldest first, bounded in number and bytes. In IndexedDB,
// where they outlive the page and are shared by the tabs of a shop; in memory where that is not to be had.

export interface StoredLines {
  key: number;
  atMs: number;
  lines: string[];
}

export interface EventStore {
  // Returns how many events had to go to make room. Rejects when the storage does not take them.
  append(lines: string[], atMs: number): Promise<number>;
  first(): Promise<StoredLines | null>;
  replace(record: StoredLines): Promise<void>; // with no lines left: remove
  clear(): Promise<void>;
}

export const mostRecords = 400;
export const mostBytes = 2 << 20;
const fewRecords = 40; // so many take less than that, being a batch each

function bytesOf(lines: string[]): number {
  return lines.reduce((bytes, line) => bytes + line.length + 1, 0);
}

// How many of the oldest records go, given the bytes of each.
function surplus(sizes: number[]): number {
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let gone = 0;
  while (gone < sizes.length - 1 && (sizes.length - gone > mostRecords || total > mostBytes)) total -= sizes[gone++]!;
  return gone;
}

export class MemoryStore implements EventStore {
  private records_: StoredLines[] = [];
  private nextKey_ = 1;

  append(lines: string[], atMs: number): Promise<number> {
    this.records_.push({ key: this.nextKey_++, atMs, lines });
    const gone = this.records_.splice(0, surplus(this.records_.map((record) => bytesOf(record.lines))));
    return Promise.resolve(gone.reduce((count, record) => count + record.lines.length, 0));
  }

  first(): Promise<StoredLines | null> {
    return Promise.resolve(this.records_[0] ?? null);
  }

  replace(record: StoredLines): Promise<void> {
    const place = this.records_.findIndex((each) => each.key === record.key);
    if (place >= 0) this.records_.splice(place, 1, ...(record.lines.length > 0 ? [record] : []));
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.records_ = [];
    return Promise.resolve();
  }
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the request failed"));
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () =>
      reject(transaction.error ?? new Error("the transaction was ended"));
  });
}

const table = "events";

export class IndexedStore implements EventStore {
  private constructor(private readonly database_: IDBDatabase) {}

  static async open(factory: IDBFactory, name: string): Promise<IndexedStore> {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: "key", autoIncrement: true });
    const database = await answered(request);
    database.onversionchange = () => database.close(); // another tab withdraws consent
    return new IndexedStore(database);
  }

  async append(lines: string[], atMs: number): Promise<number> {
    try {
      return await this.put_(lines, atMs);
    } catch {
      await this.halve_();
      return this.put_(lines, atMs);
    }
  }

  async first(): Promise<StoredLines | null> {
    const records = this.database_.transaction(table).objectStore(table);
    const [record] = (await answered(records.getAll(null, 1))) as StoredLines[];
    return record ?? null;
  }

  async replace(record: StoredLines): Promise<void> {
    const transaction = this.database_.transaction(table, "readwrite");
    const records = transaction.objectStore(table);
    if (record.lines.length > 0) records.put(record);
    else records.delete(record.key);
    await done(transaction);
  }

  async clear(): Promise<void> {
    const transaction = this.database_.transaction(table, "readwrite");
    transaction.objectStore(table).clear();
    await done(transaction);
    this.database_.close();
  }

  private async put_(lines: string[], atMs: number): Promise<number> {
    const transaction = this.database_.transaction(table, "readwrite");
    const finished = done(transaction);
    const records = transaction.objectStore(table);
    records.add({ atMs, lines });
    const mayBeFull = (await answered(records.count())) >= fewRecords;
    const lost = mayBeFull ? await this.trim_(records, surplus) : 0;
    await finished;
    return lost;
  }

  // The storage is full: the older half goes.
  private async halve_(): Promise<void> {
    const transaction = this.database_.transaction(table, "readwrite");
    const finished = done(transaction);
    await this.trim_(transaction.objectStore(table), (sizes) => Math.ceil(sizes.length / 2));
    await finished;
  }

  private async trim_(records: IDBObjectStore, choose: (sizes: number[]) => number): Promise<number> {
    const all = (await answered(records.getAll())) as StoredLines[];
    const gone = all.slice(0, choose(all.map((record) => bytesOf(record.lines))));
    for (const record of gone) records.delete(record.key);
    return gone.reduce((count, record) => count + record.lines.length, 0);
  }
}
