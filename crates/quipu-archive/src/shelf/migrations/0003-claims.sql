-- A reading holds claims too: those of the older layout are made again.
DELETE FROM readings;
