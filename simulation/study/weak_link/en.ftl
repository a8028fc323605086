# Where one more person, or one more point of conversion, adds most profit.
weak-link-one-person = one more { $name }
weak-link-one-conversion = one more point of conversion at { $name }
weak-link-unsure = Most is added by { $what }, but it cannot be told from nothing with so many years.
weak-link-no-person = No person more adds profit.
weak-link-no-conversion = No point of conversion more adds profit.
weak-link-is = The weak link is { $name }: { $what } adds most.
weak-link-tied = The weak link is { $name }: { $what } adds most (not told apart from { $rest }).
weak-link-not-tried = One more { $name } cannot be tried: { $why }.
weak-link-title = The weak link: where one more adds most
weak-link-of = { $structure }: { $text }
weak-link-progress = the weak link of { $structure }
