"""Read clinical-trial listing pages and records into one structured record per trial."""
