// The choice of a sender alone, beside the other figures: it prints its own lines.
export async function measureSelection(engine) {
  // It knows no database.
  if (engine === 'embedded') await import('./select-sender.mjs');
}
