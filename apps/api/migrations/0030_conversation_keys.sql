-- Both columns: a conversation can't point into another firm.
alter table conversations
  add foreign key (organisation_id, candidacy_id) references candidacies (organisation_id, id),
  add foreign key (organisation_id, project_id) references projects (organisation_id, id),
  add foreign key (organisation_id, person_id) references people (organisation_id, id);
