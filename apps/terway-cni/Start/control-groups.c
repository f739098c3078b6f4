/*
 * The runtime asks for its control group's limits when it starts: it reads the whole of /proc/self/mountinfo, twice. A node has several
 * mounts for each pod; 320 of them were a quarter of an ADD. The plugin has its own limit (System.GC.HeapHardLimit)
 * and starts no threads for its processors, so neither answer matters to it. docs/adr/0006 has the figures.
 *
 * These functions stand in for those of the runtime's gc/unix/cgroup.cpp and Runtime/unix/cgroupcpu.cpp: the linker takes what it has
 * already before it looks into an archive. They must be all that those two files offer: one that is missing makes the linker take the
 * file too, and it then refuses the names that are there twice.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void InitializeCGroup(void) __asm__("_Z16InitializeCGroupv");
void CleanupCGroup(void) __asm__("_Z13CleanupCGroupv");
size_t GetRestrictedPhysicalMemoryLimit(void) __asm__("_Z32GetRestrictedPhysicalMemoryLimitv");
bool GetPhysicalMemoryUsed(size_t *used) __asm__("_Z21GetPhysicalMemoryUsedPm");
void InitializeCpuCGroup(void) __asm__("_Z19InitializeCpuCGroupv");
bool GetCpuLimit(uint32_t *limit) __asm__("_Z11GetCpuLimitPj");

void InitializeCGroup(void)
{
}

void CleanupCGroup(void)
{
}

/* 0: there is none. */
size_t GetRestrictedPhysicalMemoryLimit(void)
{
    return 0;
}

/* Asked only where there is a limit. */
bool GetPhysicalMemoryUsed(size_t *used)
{
    (void)used;
    return false;
}

void InitializeCpuCGroup(void)
{
}

/* There is none. */
bool GetCpuLimit(uint32_t *limit)
{
    (void)limit;
    return false;
}
