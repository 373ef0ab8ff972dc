// System calls that Swift does not see.
#ifndef CPLATFORM_H
#define CPLATFORM_H

// Makes everything that was written to the file system of an open file durable. Returns 0, or -1 with errno set.
int dg_synchronize_file_system(int descriptor);

// The number of processors that this process may run on; 0 where the system does not say.
int dg_bound_processors(void);

#endif
