/** IndexedDB, one operation at a time: what is written is on the disk when the promise ends. */

const NAME = "fingerpost";
const SHELVES = { outbox: { keyPath: "id" }, bundle: {} };

/**
 * @param {"outbox" | "bundle"} shelf
 * @param {"readonly" | "readwrite"} mode
 * @param {(shelf: IDBObjectStore) => IDBRequest | void} use all it asks for happens, or nothing
 * @returns {Promise<any>} the result of the request that `use` gives back
 */
export async function onShelf(shelf, mode, use) {
  try {
    return await once(shelf, mode, use);
  } catch (error) {
    if (error?.name === "QuotaExceededError") throw error;
    // A tablet that was asleep may have lost its database server; a second try finds it again.
    return once(shelf, mode, use);
  }
}

/** A connection that stays open is what iOS drops when the tablet sleeps, so none does. */
async function once(shelf, mode, use) {
  const database = await open();
  try {
    const work = database.transaction(shelf, mode, { durability: "strict" });
    const request = use(work.objectStore(shelf));
    return await new Promise((resolve, reject) => {
      work.oncomplete = () => resolve(request?.result);
      work.onabort = () => reject(work.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      for (const [shelf, options] of Object.entries(SHELVES)) {
        opening.result.createObjectStore(shelf, options);
      }
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
