-- Most searches find few people: then each is looked up by its key, and the firm's whole table is not read beside them.
alter function search_people(text[], text, text, text[], text[]) rows 100;
